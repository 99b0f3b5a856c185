// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/flap.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "plan/faults/fault_info.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

/// A share of the period, cut off so that edges are whole nanoseconds.
Nanos share_of(Nanos period, Percent duty) {
  return Nanos{static_cast<Nanos::rep>(static_cast<double>(period.count()) * duty.value / 100.0)};
}

Percent flap_duty_of(const StepSpec& step) {
  return step.duty ? step.duty->value : defaults::kFlapDuty;
}

void check_flap(const StepSpec& step, Mistakes& mistakes) {
  if (step.count && (step.count->value == 0 || step.count->value > defaults::kMostFlaps))
    mistakes.add(step.count->place, "'count' must be from 1 to {}", defaults::kMostFlaps);
  const auto duty = flap_duty_of(step);
  if (step.duty && (duty <= Percent{0} || duty >= Percent{100}))
    mistakes.add(step.duty->place, "'duty' must be more than 0% and less than 100%");
  if (!step.period) return;
  const Nanos period = step.period->value;
  if (period < defaults::kShortestInterval)
    return mistakes.add(step.period->place, "'period' must be at least {}",
                        to_string(defaults::kShortestInterval));
  const Nanos down = share_of(period, duty);
  if (step.jitter && step.jitter->value >= std::min(down, period - down))
    mistakes.add(step.jitter->place,
                 "'jitter' must be less than the {} between two edges, or they would change places",
                 to_string(std::min(down, period - down)));
}

std::string flap_text(const FaultAction& fault) {
  return fmt::format("{} flaps {} times within {:.3f}s", to_string(fault.flap_of),
                     fault.edges.size() / 2,
                     std::chrono::duration<double>(fault.edges.back().offset).count());
}

}  // namespace

std::vector<FlapEdge> flap_edges(const StepSpec& step, const std::string& id, std::uint64_t seed) {
  if (!step.period || !step.count || step.count->value > defaults::kMostFlaps) return {};
  const Nanos down = share_of(step.period->value, flap_duty_of(step));
  const auto jitter = static_cast<double>(step.jitter ? step.jitter->value.count() : 0);
  Random random{derive_seed(seed, {"flap", id})};
  const auto later = [&] { return Nanos{static_cast<Nanos::rep>(random.uniform() * jitter)}; };
  std::vector<FlapEdge> edges;
  for (std::uint64_t i = 0; i < step.count->value; ++i) {
    const Nanos start = step.period->value * static_cast<Nanos::rep>(i);
    edges.push_back({i == 0 ? start : start + later(), true});
    edges.push_back({start + down + later(), false});
  }
  return edges;
}

FaultInfo flap_fault() {
  return {.kind = FaultKind::kFlap,
          .keys = {{"direction"},
                   {"jitter"},
                   {"of"},
                   {"period", kRequired},
                   {"duty"},
                   {"count", kRequired}},
          .check = check_flap,
          .resolve =
              [](const StepSpec& step, const FaultContext&, FaultAction& fault, Mistakes&) {
                if (step.of)
                  fault.flap_of = parse_word<FaultKind>(step.of->value).value_or(fault.flap_of);
              },
          .text = flap_text,
          .story = "flapped"};
}

}  // namespace wandrill
