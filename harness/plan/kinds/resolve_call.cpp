// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/resolve_call.hpp"

#include <algorithm>
#include <cmath>

#include "plan/kinds/call_codecs.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/voice_keys.hpp"
#include "scenario/values.hpp"

namespace wandrill {
namespace {

constexpr std::uint32_t kRtpHeader = 12;

/// Takes a number of the E-model from `least` to `most` if one was given.
void take_number(const std::optional<Placed<std::string>>& given, const KeyInfo& key,
                 std::pair<double, double> range, double& value, Mistakes& mistakes) {
  if (!given) return;
  const auto number = parse_number(given->value);
  if (number && *number >= range.first && *number <= range.second)
    value = *number;
  else
    mistakes.add(given->place, "'{}' must be a number from {} to {}, not '{}'", key.key,
                 range.first, range.second, given->value);
}

}  // namespace

void resolve_call(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes) {
  constexpr std::pair kImpairment{0.0, 95.0};  // G.107 7.6: Ie,eff stays below 95.
  constexpr std::pair kRobustness{1.0, 100.0};
  using namespace session_keys::voice;
  const auto codec = spec.get(kCodec);
  const auto ie = spec.get(kIe);
  const auto bpl = spec.get(kBpl);
  const auto playout = spec.get(kPlayout);
  const auto* profile = find_codec(codec ? codec->value : "g711");
  if (profile == nullptr) return;  // told by the schema
  CallPlan call{.codec = profile->codec,
                .playout = playout ? playout->value : defaults::kPlayout,
                .resync = defaults::kPlayoutResync};
  take_number(ie, kIe, kImpairment, call.codec.equipment_impairment, mistakes);
  take_number(bpl, kBpl, kRobustness, call.codec.loss_robustness, mistakes);
  if (profile->needs_planning_values && !(ie && bpl))
    mistakes.add(codec->place,
                 "'codec: {}' needs 'ie' and 'bpl', its planning values in the E-model: nobody has "
                 "published any",
                 profile->codec.name);
  if (playout && playout->value > defaults::kLongestPlayout)
    mistakes.add(playout->place, "'playout' must be at most {}",
                 to_string(defaults::kLongestPlayout));
  if (!spec.payload) {
    const double packets_of_20ms = std::chrono::duration<double>(session.interval) /
                                   std::chrono::duration<double>(defaults::kRtpInterval);
    const double voice =
        static_cast<double>(profile->payload_per_20ms.value) * packets_of_20ms + kRtpHeader;
    session.payload_bytes = static_cast<std::uint32_t>(
        std::clamp(std::ceil(voice), static_cast<double>(defaults::kSmallestPayload.value),
                   static_cast<double>(defaults::kLargestPayload.value)));
  }
  session.call = std::move(call);
}

}  // namespace wandrill
