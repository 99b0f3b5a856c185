// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/sip.hpp"

#include <array>

#include <fmt/format.h>

#include "plan/kinds/resolve_call.hpp"
#include "plan/kinds/sip_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/voice_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/shared_keys.hpp"
#include "scenario/kinds/sip_keys.hpp"

namespace wandrill {
namespace {

Nanos timer(const SessionSpec& spec, const SessionKey<Nanos>& key, Nanos usual,
            Mistakes& mistakes) {
  const auto written = spec.get(key);
  if (written && written->value < defaults::kShortestSipTimer)
    mistakes.add(written->place, "'{}' must be at least {}", key.key,
                 to_string(defaults::kShortestSipTimer));
  return written ? written->value : usual;
}

/// Rounded up: headers know nothing shorter.
Nanos rounded_up(Nanos time) {
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
  using namespace session_keys::sip;
  const auto taken = [&](const auto& key) {
    auto written = spec.get(key);
    if (written && sip.peer != MediaPeer::kLatching)
      mistakes.add(written->place, "'{}' belongs to 'peer: latching'", key.key);
    return written;
  };
  const auto like = taken(kLike);
  const auto learn_after = taken(kLearnAfter);
  const auto learn_for = taken(kLearnFor);
  const auto strangers = taken(kStrangers);
  sip.learn_after = defaults::kLearnAfter;
  if (like) take_latch_of(like->value, interval, sip);
  if (learn_after) {
    if (learn_after->value < 1 || learn_after->value > defaults::kMostToLearn)
      mistakes.add(learn_after->place, "'learn_after' must be from 1 to {}",
                   defaults::kMostToLearn);
    sip.learn_after = static_cast<std::uint32_t>(learn_after->value);
  }
  if (learn_for) sip.learn_for = learn_for->value;
  if (strangers) sip.hears_strangers = strangers->value == "heard";
}

void resolve_transport(const SessionSpec& spec, SipPlan& sip, Mistakes& mistakes) {
  sip.over_tcp = spec.transport && spec.transport->value == "tcp";
  const auto keepalive = spec.get(session_keys::shared::kKeepalive);
  sip.keepalive = keepalive ? keepalive->value : defaults::kSipKeepalive;
  if (!keepalive) return;
  if (!sip.over_tcp)
    mistakes.add(keepalive->place, "'keepalive' of a phone belongs to 'transport: tcp'");
  whole_seconds(spec, session_keys::shared::kKeepalive, defaults::kLongestKeepalive, mistakes);
}

void resolve_sip(const SessionSpec& spec, const SessionContext& /*context*/, SessionPlan& session,
                 Mistakes& mistakes) {
  using namespace session_keys::sip;
  resolve_call(spec, session, mistakes);
  const auto talk = spec.get(kTalk);
  const auto peer = spec.get(kPeer);
  const auto expires = spec.get(kExpires);
  SipPlan sip{
      .register_every = timer(spec, kRegisterEvery, defaults::kRegisterEvery, mistakes),
      .options_every = timer(spec, kOptionsEvery, defaults::kOptionsEvery, mistakes),
      .talk = talk ? talk->value : Nanos{0},
      .pause = timer(spec, kPause, defaults::kPauseBetweenCalls, mistakes),
      .rtp_timeout = timer(spec, kRtpTimeout, defaults::kRtpTimeout, mistakes),
      .refresh_every = timer(spec, kRefreshEvery, defaults::kRefreshEvery, mistakes),
  };
  if (talk && talk->value > Nanos{0}) timer(spec, kTalk, Nanos{0}, mistakes);
  if (peer) sip.peer = parse_word<MediaPeer>(peer->value).value_or(sip.peer);
  resolve_latch(spec, session.interval, sip, mistakes);
  sip.far_end_rtp_timeout = timer(spec, kFarEndRtpTimeout, sip.rtp_timeout, mistakes);
  sip.expires = expires ? expires->value : rounded_up(2 * sip.register_every);
  if (expires &&
      (sip.expires % std::chrono::seconds{1} != Nanos{0} || sip.expires <= sip.register_every))
    mistakes.add(expires->place,
                 "'expires' must be whole seconds and longer than 'register_every' ({})",
                 to_string(sip.register_every));
  resolve_transport(spec, sip, mistakes);
  session.own = sip;
}

/// What the far end of a phone does about voice from another address.
std::string far_end_text(const SessionPlan& session) {
  const auto& sip = *session.of<SipPlan>();
  const auto over =
      sip.over_tcp ? fmt::format("over TCP, keepalive {}; ", to_string(sip.keepalive)) : "";
  if (sip.peer != MediaPeer::kLatching)
    return fmt::format("{}far end: {}", over, word_of(sip.peer));
  const auto lasting = sip.learn_for == Nanos{0}
                           ? std::string{"always"}
                           : fmt::format("for {} after signalling", to_string(sip.learn_for));
  return fmt::format("{}far end: latching, follows after {} packets in a row, {}; hears {}", over,
                     sip.learn_after, lasting, sip.hears_strangers ? "others too" : "nobody else");
}

void number_phone(SessionPlan& session, std::size_t number) {
  auto& sip = *session.of<SipPlan>();
  sip.phone_port = static_cast<std::uint16_t>(defaults::kFirstPhonePort + number);
  sip.pbx_port = static_cast<std::uint16_t>(defaults::kFirstPbxPort + number);
}

constexpr std::array<MetricList, 3> kSipMetrics{metrics::flow::kAll, metrics::voice::kAll,
                                                metrics::sip::kAll};

}  // namespace

extern constexpr SessionKind kSipKind{
    .kind = TrafficKind::kSip,
    .word = "sip",
    .shape = FlowShape::kSchedule,
    .has_voice = true,
    .pauses = true,
    .carries = CarriesPayload::kBoth,
    .usual = {defaults::kRtpInterval, defaults::kRtpPayload, defaults::kRtpDscp},
    .metrics = kSipMetrics,
    .resolve = resolve_sip,
    .number = number_phone,
    .text = far_end_text};

}  // namespace wandrill
