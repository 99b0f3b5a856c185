// SPDX-License-Identifier: Apache-2.0
#include "measure/state/gates.hpp"

#include <algorithm>

#include "measure/index/backlog.hpp"

namespace wandrill {
namespace {

constexpr auto kBefore = "steady_before";

Nanos longest_abort(const Plan& plan) {
  Nanos longest{0};
  for (const auto& abort : plan.timeline.aborts)
    longest = std::max(longest, abort.lasting);
  return longest;
}

/// The longest that any step of the plan would wait; a gate that was not met waited as long as it
/// was allowed to.
Nanos longest_wait(const Plan& plan, const std::string& gate) {
  if (gate.starts_with("steady_")) return plan.timeline.steady_within;
  if (gate == kAbortGate) return longest_abort(plan);
  Nanos longest{0};
  if (gate.starts_with(kCommandGate)) {
    for (const auto& step : plan.timeline.steps)
      if (const auto* command = std::get_if<CommandAction>(&step.action))
        if (gate == kCommandGate + command->command) longest = std::max(longest, command->deadline);
    return longest;
  }
  for (const auto& step : plan.timeline.steps)
    if (const auto* until = std::get_if<UntilCondition>(&step.when))
      longest = std::max(longest, until->deadline);
  return longest;
}

/// Whether the tester itself was too unwell for the gate to be met: it stood still for half of it,
/// never had as much quiet as steady traffic takes, or held the packets back that came late.
bool was_hopeless(const RunIndex& run, const std::string& gate, const TimeSpan& waited) {
  if (run.stalls.tester_overloaded(waited)) return true;
  const Nanos needed = std::max(run.plan.timeline.steady_for, run.plan.sustained_for);
  return gate.starts_with("steady_") && (run.stalls.longest_quiet(waited) < needed ||
                                         only_backlogs_disturbed(run, waited, needed));
}

Stop stop_of(const GateEvent& gate) {
  if (gate.name == kAbortGate) return Stop::kAbort;
  return gate.name == kRouterDiedGate ? Stop::kRouterDied : Stop::kNone;
}

}  // namespace

void add_gates(const RunIndex& run, Measurements& measurements) {
  for (const auto* gate : run.events_of<GateEvent>()) {
    const TimeSpan waited{gate->at - longest_wait(run.plan, gate->name), gate->at};
    const Stop stop = stop_of(*gate);
    measurements.gates.push_back(
        {.name = gate->name,
         .at = gate->at,
         .met = gate->met,
         .detail = gate->detail,
         .tester_overloaded = gate->tester_late ||
                              (stop != Stop::kRouterDied && was_hopeless(run, gate->name, waited)),
         .stop = stop,
         .is_command = gate->name.starts_with(kCommandGate)});
    if (gate->met) continue;
    const bool is_error = gate->name == kBefore;
    if (!measurements.gate_failure || (is_error && !measurements.gate_failure_is_error)) {
      measurements.gate_failure = gate->name + ": " + gate->detail;
      measurements.gate_failure_is_error = is_error;
    }
  }
}

}  // namespace wandrill
