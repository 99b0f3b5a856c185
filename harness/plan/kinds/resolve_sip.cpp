// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/resolve_sip.hpp"

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

/// Rounded up: headers know nothing shorter.
Nanos whole_seconds(Nanos time) {
  return std::chrono::ceil<std::chrono::seconds>(time);
}

/// How programs of the field follow the voice of a call by default; docs/scenarios.md names where
/// that is written.
void take_latch_of(const std::string& program, Nanos interval, SipPlan& sip) {
  using namespace std::chrono_literals;
  constexpr std::uint32_t kFreeswitchPackets = 10;
  constexpr int kFreeswitchWindow = 20;
  if (program == "asterisk") {
    sip.learn_after = defaults::kLearnAfter;
    sip.learn_for = 5s;
  } else if (program == "freeswitch") {
    sip.learn_after = kFreeswitchPackets;
    sip.learn_for = kFreeswitchWindow * interval;
  } else if (program == "rtpengine") {
    sip.learn_after = 1;
    sip.learn_for = 3s;
    sip.hears_strangers = true;
  }
}

void resolve_latch(const SessionSpec& spec, Nanos interval, SipPlan& sip, Mistakes& mistakes) {
  const auto check = [&](const auto& written, const char* key) {
    if (written && sip.peer != MediaPeer::kLatching)
      mistakes.add(written->place, "'{}' belongs to 'peer: latching'", key);
  };
  check(spec.like, "like");
  check(spec.learn_after, "learn_after");
  check(spec.learn_for, "learn_for");
  check(spec.strangers, "strangers");
  sip.learn_after = defaults::kLearnAfter;
  if (spec.like) take_latch_of(spec.like->value, interval, sip);
  if (spec.learn_after) {
    if (spec.learn_after->value < 1 || spec.learn_after->value > defaults::kMostToLearn)
      mistakes.add(spec.learn_after->place, "'learn_after' must be from 1 to {}",
                   defaults::kMostToLearn);
    sip.learn_after = static_cast<std::uint32_t>(spec.learn_after->value);
  }
  if (spec.learn_for) sip.learn_for = spec.learn_for->value;
  if (spec.strangers) sip.hears_strangers = spec.strangers->value == "heard";
}

void resolve_transport(const SessionSpec& spec, SipPlan& sip, Mistakes& mistakes) {
  sip.over_tcp = spec.transport && spec.transport->value == "tcp";
  sip.keepalive = spec.keepalive ? spec.keepalive->value : defaults::kSipKeepalive;
  if (!spec.keepalive) return;
  if (!sip.over_tcp)
    mistakes.add(spec.keepalive->place, "'keepalive' of a phone belongs to 'transport: tcp'");
  if (sip.keepalive < std::chrono::seconds{1} || sip.keepalive > defaults::kLongestKeepalive ||
      sip.keepalive % std::chrono::seconds{1} != Nanos{0})
    mistakes.add(spec.keepalive->place, "'keepalive' must be whole seconds, from 1s to {}",
                 to_string(defaults::kLongestKeepalive));
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
  };
  if (spec.talk && spec.talk->value > Nanos{0}) timer(spec.talk, Nanos{0}, "talk", mistakes);
  if (spec.peer) sip.peer = parse_word<MediaPeer>(spec.peer->value).value_or(sip.peer);
  resolve_latch(spec, session.interval, sip, mistakes);
  sip.far_end_rtp_timeout =
      timer(spec.far_end_rtp_timeout, sip.rtp_timeout, "far_end_rtp_timeout", mistakes);
  sip.expires = spec.expires ? spec.expires->value : whole_seconds(2 * sip.register_every);
  if (spec.expires &&
      (sip.expires % std::chrono::seconds{1} != Nanos{0} || sip.expires <= sip.register_every))
    mistakes.add(spec.expires->place,
                 "'expires' must be whole seconds and longer than 'register_every' ({})",
                 to_string(sip.register_every));
  resolve_transport(spec, sip, mistakes);
  session.sip = sip;
}

}  // namespace wandrill
