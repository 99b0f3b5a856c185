// SPDX-License-Identifier: Apache-2.0
#include "measure/state/states.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/state/state_watch.hpp"

namespace wandrill {
namespace {

constexpr auto kStart = "start";

/// When the condition came true for good enough, or why it did not.
Reached watch(const RunIndex& run, const StateExpectation& expected, RunInstant from) {
  switch (expected.state.kind) {
    case Condition::Kind::kEgress:
      return watch_egress(run, expected, from);
    case Condition::Kind::kFlowing:
      return watch_flowing(run, expected, from);
    case Condition::Kind::kAlert:
      return watch_alert(run, expected, from);
    case Condition::Kind::kLog:
    case Condition::Kind::kSilent:  // only abort conditions have it
      break;
  }
  return watch_log(run, expected, from);
}

/// When the step was begun. A router may say of a fault what it saw before the kernel has told us
/// that it is in force: that answers the fault, and does not come too early.
RunInstant begun(const RunIndex& run, const LabelledInstant& instant) {
  for (const auto* records : {&run.faults.faults, &run.faults.restores})
    for (const auto& record : *records)
      if (record.id == instant.id && record.requested)
        return std::min(*record.requested, instant.at);
  return instant.at;
}

StateObservation observe(const RunIndex& run, const StateExpectation& expected,
                         const LabelledInstant& instant) {
  StateObservation seen{.after_id = instant.id};
  const bool is_said = expected.state.kind == Condition::Kind::kLog ||
                       expected.state.kind == Condition::Kind::kAlert;
  const auto reached = watch(run, expected, is_said ? begun(run, instant) : instant.at);
  seen.accuracy = reached.accuracy + run.tester.late_send_p99;
  seen.detail = reached.why_not;
  if (reached.at) seen.reached = std::max(Nanos{0}, Nanos{*reached.at - instant.at});
  seen.tester_share =
      run.stalls.credit({instant.at, reached.at.value_or(instant.at + expected.within)});
  return seen;
}

void add_instant(std::vector<LabelledInstant>& instants, const FaultRecord& record) {
  if (record.start() == RunInstant::max()) return;
  const bool known = std::any_of(instants.begin(), instants.end(),
                                 [&](const auto& one) { return one.id == record.id; });
  // A restore of two WANs is one event.
  if (!known) instants.push_back({record.label, record.id, record.start()});
}

}  // namespace

std::vector<LabelledInstant> find_instants(const RunIndex& run) {
  std::vector<LabelledInstant> instants{{kStart, kStart, run.timeline.from}};
  for (const auto& fault : run.faults.faults)
    add_instant(instants, fault);
  for (const auto& restore : run.faults.restores)
    add_instant(instants, restore);
  for (const auto& command : run.faults.commands)
    instants.push_back({command.event.label, command.event.id, command.event.at});
  std::stable_sort(instants.begin(), instants.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  return instants;
}

std::vector<StateObservation> observe_states(const RunIndex& run,
                                             const std::vector<LabelledInstant>& instants) {
  std::vector<StateObservation> states;
  for (std::size_t i = 0; i < run.plan.expectations.size(); ++i) {
    const auto* expected = std::get_if<StateExpectation>(&run.plan.expectations[i].what);
    if (expected == nullptr) continue;
    for (const auto& instant : instants) {
      if (instant.label != expected->after) continue;
      auto seen = observe(run, *expected, instant);
      seen.expectation = i;
      states.push_back(std::move(seen));
    }
  }
  return states;
}

}  // namespace wandrill
