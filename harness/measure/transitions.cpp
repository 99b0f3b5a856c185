// SPDX-License-Identifier: Apache-2.0
#include "measure/transitions.hpp"

#include <algorithm>

#include "measure/convergence.hpp"
#include "measure/router_events.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// A WAN may be left for a fault that was mended this shortly before: the router was on its way.
constexpr Nanos kReactsUntil = 3s;
/// A router acts on a command within this.
constexpr Nanos kObeysWithin = 10s;

/// The fault on `wan` that a switch at `at` may answer: of those in force, or just mended, the
/// latest that calls for a failover.
const FaultRecord* fault_answered(const RunIndex& run, std::uint8_t wan, RunTime at) {
  const FaultRecord* best = nullptr;
  for (const auto& fault : run.faults.faults) {
    const bool recent = fault.until != RunTime::max() && fault.until + kReactsUntil > at;
    const bool acts = fault.start() <= at && (at < fault.until || recent);
    if (fault.wan != wan || !acts) continue;
    if (best == nullptr || fault.calls_for_failover() || !best->calls_for_failover()) best = &fault;
  }
  return best;
}

const CommandRecord* command_obeyed(const RunIndex& run, RunTime at) {
  const CommandRecord* best = nullptr;
  for (const auto& command : run.faults.commands)
    if (command.event.at <= at && at - command.event.at <= kObeysWithin) best = &command;
  return best;
}

const FaultRecord* restore_answered(const RunIndex& run, std::uint8_t wan, RunTime at) {
  const FaultRecord* best = nullptr;
  for (const auto& restore : run.faults.restores)
    if (restore.wan == wan && restore.start() <= at) best = &restore;
  return best;
}

void take_cause(Transition& transition, const FaultRecord& cause) {
  transition.cause = cause.id;
  transition.label = cause.label;
  transition.what = cause.what;
  transition.cycle = cause.cycle;
  transition.requested = cause.requested;
  transition.applied = cause.applied;
  transition.observed = cause.observed;
}

void take_cause(Transition& transition, const CommandRecord& command) {
  transition.cause = command.event.id;
  transition.label = command.event.label;
  transition.what = "command " + command.event.command;
  transition.cycle = command.cycle;
  transition.requested = transition.applied = transition.observed = command.event.at;
}

Transition explain(const RunIndex& run, const WanSwitch& one) {
  Transition transition{.from_wan = run.wan_name(one.from), .to_wan = run.wan_name(one.to)};
  transition.switched = one.at;
  const auto& wans = run.plan.topology.wans;
  const bool to_better = wans[one.to].priority < wans[one.from].priority;
  if (const auto* fault = fault_answered(run, one.from, one.at)) {
    take_cause(transition, *fault);
    // A flap has as many failovers as it has downs: each starts with its own.
    if (const auto edge = fault->last_edge(true, one.at)) transition.observed = edge;
  } else if (const auto* command = command_obeyed(run, one.at)) {
    take_cause(transition, *command);
    if (to_better) transition.kind = Transition::Kind::kFailback;
  } else if (to_better) {
    transition.kind = Transition::Kind::kFailback;
    if (const auto* restore = restore_answered(run, one.to, one.at))
      take_cause(transition, *restore);
  }
  transition.perhaps_by_stall = run.stalls.may_explain_switch(one.at);
  return transition;
}

bool has_somewhere_to_go(const RunIndex& run, const FaultRecord& fault) {
  for (std::size_t wan = 0; wan < run.plan.topology.wans.size(); ++wan)
    if (wan != fault.wan && !run.faults.is_dead(static_cast<std::uint8_t>(wan), fault.start()))
      return true;
  return false;
}

void add_missed(const RunIndex& run, std::vector<Transition>& transitions) {
  for (const auto& fault : run.faults.faults) {
    if (fault.duty != FailoverDuty::kRequired || fault.start() == RunTime::max()) continue;
    if (run.history.wan_at(fault.start()) != fault.wan || !has_somewhere_to_go(run, fault))
      continue;
    const auto& switches = run.history.switches;
    const bool left = std::any_of(switches.begin(), switches.end(), [&](const WanSwitch& one) {
      return one.from == fault.wan && fault.start() <= one.at && one.at < fault.until;
    });
    if (left) continue;
    Transition transition{.from_wan = run.wan_name(fault.wan), .missed = true};
    take_cause(transition, fault);
    transition.ended = std::min(fault.until, run.timeline.until);
    transitions.push_back(std::move(transition));
  }
}

void number(std::vector<Transition>& transitions) {
  std::stable_sort(
      transitions.begin(), transitions.end(),
      [](const Transition& a, const Transition& b) { return start_of(a) < start_of(b); });
  int failovers = 0;
  int failbacks = 0;
  for (auto& transition : transitions)
    transition.number = transition.kind == Transition::Kind::kFailover ? ++failovers : ++failbacks;
}

}  // namespace

RunTime start_of(const Transition& transition) {
  // A failback may come long after its restore; a flap's second failover long after the first edge.
  if (transition.switched) return *transition.switched;
  return transition.observed.value_or(transition.requested.value_or(RunTime{}));
}

bool is_false_failover(const RunIndex& run, const Transition& transition) {
  if (transition.kind != Transition::Kind::kFailover || transition.missed) return false;
  if (transition.cause.empty()) return true;
  const auto& faults = run.faults.faults;
  const auto fault = std::find_if(faults.begin(), faults.end(), [&](const FaultRecord& one) {
    return one.id == transition.cause;
  });
  return fault != faults.end() && !fault->calls_for_failover();
}

std::vector<Transition> find_transitions(const RunIndex& run) {
  std::vector<Transition> transitions;
  for (const auto& one : run.history.switches) {
    auto transition = explain(run, one);
    transition.ended =
        std::min(run.faults.next_step(one.at).value_or(run.timeline.until), run.timeline.until);
    find_router_events(run, transition);
    transition.first_packet = first_unimpaired_packet(run, one);
    transition.converged = convergence_of(run, transition);
    transitions.push_back(std::move(transition));
  }
  add_missed(run, transitions);
  for (auto& transition : transitions)
    transition.stalled = run.stalls.credit(
        {transition.observed.value_or(start_of(transition)),
         transition.converged.value_or(transition.ended.value_or(run.timeline.until))});
  number(transitions);
  return transitions;
}

}  // namespace wandrill
