// SPDX-License-Identifier: Apache-2.0
#include "plan/resolve_sip.hpp"

#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

Nanos timer(const std::optional<Placed<Nanos>>& written, Nanos usual, const char* key,
            Mistakes& mistakes) {
  if (written && written->value < defaults::kShortestSipTimer)
    mistakes.add(written->place, "'{}' must be at least {}", key,
                 to_string(defaults::kShortestSipTimer));
  return written ? written->value : usual;
}

}  // namespace

void resolve_sip(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes) {
  SipPlan sip{
      .register_every =
          timer(spec.register_every, defaults::kRegisterEvery, "register_every", mistakes),
      .options_every =
          timer(spec.options_every, defaults::kOptionsEvery, "options_every", mistakes),
      .talk = spec.talk ? spec.talk->value : Nanos{0},
      .pause = timer(spec.pause, defaults::kPauseBetweenCalls, "pause", mistakes),
      .rtp_timeout = timer(spec.rtp_timeout, defaults::kRtpTimeout, "rtp_timeout", mistakes),
      .refresh_every =
          timer(spec.refresh_every, defaults::kRefreshEvery, "refresh_every", mistakes),
      .learn_after = static_cast<std::uint32_t>(spec.learn_after ? spec.learn_after->value
                                                                 : defaults::kLearnAfter)};
  if (spec.talk && spec.talk->value > Nanos{0}) timer(spec.talk, Nanos{0}, "talk", mistakes);
  if (spec.peer) sip.peer = parse_word<MediaPeer>(spec.peer->value).value_or(sip.peer);
  if (spec.learn_after) {
    if (spec.learn_after->value < 1 || spec.learn_after->value > defaults::kMostToLearn)
      mistakes.add(spec.learn_after->place, "'learn_after' must be from 1 to {}",
                   defaults::kMostToLearn);
    if (sip.peer != MediaPeer::kLatching)
      mistakes.add(spec.learn_after->place, "'learn_after' belongs to 'peer: latching'");
  }
  session.sip = sip;
}

}  // namespace wandrill
