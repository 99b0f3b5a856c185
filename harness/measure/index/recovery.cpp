// SPDX-License-Identifier: Apache-2.0
#include "measure/index/recovery.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wandrill {
namespace {

/// The first arrival of an answer to what was asked at `at` or later.
std::optional<RunInstant> first_success(const FlowPackets& answers, RunInstant at) {
  std::optional<RunInstant> earliest;
  for (auto i = answers.first_from(at); i < answers.size(); ++i) {
    if (earliest && answers.scheduled(i) > *earliest) break;
    if (answers.fate(i) == PacketOutcome::kArrived && (!earliest || answers.arrived(i) < *earliest))
      earliest = answers.arrived(i);
  }
  return earliest;
}

}  // namespace

Reading<Seconds> time_to_success(const RunIndex& run, const SessionPlan& session,
                                 const std::vector<FaultRecord>& changes) {
  const auto& answers = run.packets[session.down];
  Reading<Seconds> longest{.accuracy = run.accuracy_of(session.down),
                           .note = "nothing was broken or restored"};
  for (const auto& change : changes) {
    const auto at = change.observed ? change.observed : change.applied;
    if (!at || !run.timeline.contains(*at)) continue;
    const auto success = first_success(answers, *at);
    if (!success) {
      longest.value.reset();
      longest.note = fmt::format("no answer after {}", change.label);
      return longest;
    }
    const Seconds time = *success - *at;
    if (longest.value && *longest.value >= time) continue;
    longest.value = time;
    longest.tester_share = std::min<Seconds>(time, run.stalls.credit({*at, *success}));
    longest.note = fmt::format("after {}", change.label);
  }
  longest.untried = !longest.value;
  return longest;
}

}  // namespace wandrill
