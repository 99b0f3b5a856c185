// SPDX-License-Identifier: Apache-2.0
#include "verdict/find_bad_calls.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "plan/metrics/metric_catalogue.hpp"
#include "plan/metrics/voice_metrics.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

using Bucket = Finding::Bucket;

/// Below it many people are dissatisfied (ITU-T G.109: R 70).
constexpr double kAnnoying = 3.6;
/// A call's silence of this length is more than a glitch.
constexpr double kDegraded = 1.0;
/// From here on people hang up.
constexpr double kHangUp = 10.0;

const Measured* valued(const Measurements& measurements, const std::string& name) {
  const auto* measured = measurements.metric(name);
  return measured != nullptr && measured->value ? measured : nullptr;
}

/// Silent for long, or bad all through.
bool is_bad(const Measurements& measurements, const Measured& interruption, const Measured* whole) {
  const double dark = in_seconds(measurements.without_wan_in(interruption.when));
  if (*interruption.value - interruption.tester_share - dark > kDegraded) return true;
  // A call that had no WAN at all for a while is bad as a whole, whatever the router does.
  return measurements.without_wan.empty() && whole != nullptr &&
         *whole->value + whole->tester_share < kAnnoying;
}

/// The flow of a call with the worst 8 seconds, of all calls.
struct Worst {
  std::string flow;
  const Measured* window = nullptr;
  const Measured* interruption = nullptr;
  std::size_t bad_flows = 0;
};

Worst worst_call(const Plan& plan, const Measurements& measurements) {
  Worst worst;
  for (const auto& flow : plan.traffic.flows) {
    const auto* window =
        valued(measurements, metric_key(flow.name, metrics::voice::kMosWorstWindow));
    const auto* interruption =
        valued(measurements, metric_key(flow.name, metrics::voice::kLongestInterruption));
    if (window == nullptr || interruption == nullptr) continue;
    const double mos = *window->value + window->tester_share;
    if (is_bad(measurements, *interruption,
               valued(measurements, metric_key(flow.name, metrics::voice::kMos))))
      ++worst.bad_flows;
    if (worst.window != nullptr && mos >= *worst.window->value + worst.window->tester_share)
      continue;
    worst.flow = flow.name;
    worst.window = window;
    worst.interruption = interruption;
  }
  return worst;
}

}  // namespace

void find_bad_calls(const Plan& plan, const Measurements& measurements,
                    std::vector<Finding>& found) {
  const auto worst = worst_call(plan, measurements);
  if (worst.bad_flows == 0) return;
  const double silence = *worst.interruption->value - worst.interruption->tester_share;
  const auto others =
      worst.bad_flows > 1
          ? fmt::format(", and {} more directions of calls were as bad", worst.bad_flows - 1)
          : "";
  found.push_back(
      {silence >= kHangUp ? Bucket::kImmediateFix : Bucket::kPlannedEngineering,
       silence >= kHangUp ? "People hang up" : "People hear the switch",
       fmt::format("{} has MOS {:.2f} {}; it was silent for up to {} ({}){}.", worst.flow,
                   *worst.window->value, worst.window->note, time_text(silence),
                   worst.interruption->note.empty() ? "inaudible" : worst.interruption->note,
                   others),
       "Shorten detection and switch-over until a call's silence stays below 1 s; where the "
       "backup is too thin, give voice its own class there."});
}

}  // namespace wandrill
