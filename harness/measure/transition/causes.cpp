// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/causes.hpp"

#include <algorithm>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kCommandActs = 5s;
constexpr Nanos kSlowRouter = 3s;

/// The WAN with the lower index is preferred: the plan lists them by priority.
bool is_better(std::uint8_t wan, std::uint8_t than) {
  return wan < than;
}

/// The instants at which what holds for the router may change within `span`, its start included.
std::vector<RunInstant> instants_within(const RunIndex& run, const TimeSpan& span) {
  std::vector<RunInstant> instants{span.from};
  const auto add = [&](RunInstant at) {
    if (span.contains(at)) instants.push_back(at);
  };
  for (const auto& one : run.history.switches)
    add(one.at);
  for (const auto& fault : run.faults.faults) {
    add(fault.start());
    add(fault.until);
  }
  return instants;
}

/// Some time within `span` the traffic left by `wan` although another WAN was usable.
bool could_have_moved(const RunIndex& run, std::uint8_t wan, const TimeSpan& span) {
  const auto instants = instants_within(run, span);
  return std::any_of(instants.begin(), instants.end(), [&](RunInstant at) {
    if (run.history.wan_at(at) != wan) return false;
    for (std::size_t other = 0; other < run.plan.topology.wans.size(); ++other)
      if (other != wan && !run.faults.is_dead(static_cast<std::uint8_t>(other), at)) return true;
    return false;
  });
}

bool left_within(const RunIndex& run, std::uint8_t wan, const TimeSpan& span) {
  return std::any_of(
      run.history.switches.begin(), run.history.switches.end(),
      [&](const WanSwitch& one) { return one.from == wan && span.contains(one.at); });
}

}  // namespace

const CommandRecord* CauseFinder::command_before(RunInstant at) {
  const CommandRecord* latest = nullptr;
  for (const auto& command : run_.faults.commands) {
    const auto given = command.event.at;
    if (given <= at && at - given <= kCommandActs && !used_commands_.contains(command.event.id))
      latest = &command;
  }
  return latest;
}

const FaultRecord* CauseFinder::fault_fled(const WanSwitch& one, bool to_better) {
  const FaultRecord* fled = nullptr;
  for (const auto& fault : run_.faults.faults) {
    if (fault.wan != one.from || !fault.calls_for_failover() || fault.start() > one.at) continue;
    const bool answers_late = !to_better && fault.until <= one.at &&
                              one.at - fault.until <= kSlowRouter &&
                              !used_faults_.contains(fault.id);
    if (fault.in_force(one.at) || answers_late) fled = &fault;
  }
  return fled;
}

const FaultRecord* CauseFinder::restore_answered(const WanSwitch& one) const {
  const FaultRecord* answered = nullptr;
  for (const auto& restore : run_.faults.restores)
    if (restore.wan == one.to && restore.start() <= one.at) answered = &restore;
  for (const auto& fault : run_.faults.faults) {
    const bool pauses =
        fault.wan == one.to && fault.in_force(one.at) && fault.last_edge(false, one.at).has_value();
    if (pauses) answered = &fault;
  }
  return answered;
}

Cause CauseFinder::of(const WanSwitch& one) {
  const bool to_better = is_better(one.to, one.from);
  const auto* fault = fault_fled(one, to_better);
  const auto* command = command_before(one.at);
  const bool by_command =
      command != nullptr && (fault == nullptr || command->event.at >= fault->start());
  if (by_command) {
    used_commands_.insert(command->event.id);
    return {.is_failover = !to_better, .command = command};
  }
  if (fault != nullptr) {
    used_faults_.insert(fault->id);
    return {.is_failover = true, .fault = fault};
  }
  if (!to_better) return {.is_failover = true};
  const auto* restore = restore_answered(one);
  if (restore == nullptr) return {.is_failover = false};
  // The way back from a false failover answers nothing: the restore had its failback already.
  const auto key = "back " + restore->id;
  const bool is_flap = !restore->restore;
  if (!is_flap && !used_faults_.insert(key).second) return {.is_failover = false};
  return {.is_failover = false, .fault = restore};
}

std::vector<const FaultRecord*> missed_faults(const RunIndex& run) {
  std::vector<const FaultRecord*> missed;
  for (const auto& fault : run.faults.faults) {
    if (!fault.wan || fault.duty != FailoverDuty::kRequired || fault.start() >= run.timeline.until)
      continue;
    const TimeSpan in_force{fault.start(), std::min(fault.until, run.timeline.until)};
    if (could_have_moved(run, *fault.wan, in_force) && !left_within(run, *fault.wan, in_force))
      missed.push_back(&fault);
  }
  return missed;
}

}  // namespace wandrill
