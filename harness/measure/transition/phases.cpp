// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/phases.hpp"

#include <algorithm>

namespace wandrill {
namespace {

/// From `at` on, the run is in `phase`. `order` decides between two at one instant.
struct Mark {
  RunInstant at;
  int order = 0;
  std::string_view phase;
};

/// The restored WAN is preferred to the one in use: traffic should come back to it.
bool calls_back(const RunIndex& run, const FaultRecord& restore) {
  const auto in_use = run.history.wan_at(restore.start());
  return in_use && restore.wan && *restore.wan < *in_use;
}

/// Faults hit packets that are on their way: those belong to what the fault brings.
void mark_faults(const RunIndex& run, std::vector<Mark>& marks) {
  for (const auto& fault : run.faults.faults)
    if (fault.wan && fault.start() != RunInstant::max() &&
        run.history.wan_at(fault.start()) == fault.wan)
      marks.push_back({fault.start() - run.in_flight, 3, "failover"});
  for (const auto& restore : run.faults.restores)
    if (calls_back(run, restore)) marks.push_back({restore.start(), 1, "failback"});
}

void mark_transitions(const RunIndex& run, std::vector<Mark>& marks) {
  for (const auto& record : run.transitions) {
    const auto& transition = record.shown;
    const bool failover = transition.kind == Transition::Kind::kFailover;
    if (transition.cause.empty() && transition.switched)
      marks.push_back({*transition.switched, 1, failover ? "failover" : "failback"});
    if (transition.converged)
      marks.push_back({*transition.converged, 2, failover ? "backup" : "after"});
  }
  // Traffic that never left the WAN has nothing to fail back: it goes on where it is.
  for (const auto& restore : run.faults.restores)
    if (restore.wan && run.history.wan_at(restore.start()) == restore.wan)
      marks.push_back({restore.observed.value_or(restore.start()) + run.in_flight, 2,
                       restore.wan == 0 ? "after" : "backup"});
}

}  // namespace

std::vector<RunPart> find_parts(const RunIndex& run) {
  std::vector<Mark> marks;
  mark_faults(run, marks);
  mark_transitions(run, marks);
  std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return std::pair{a.at, a.order} < std::pair{b.at, b.order};
  });
  std::vector<RunPart> parts{{.phase = {}, .spans = {run.timeline}}};
  for (const auto name : phase_names())
    parts.push_back({.phase = name, .spans = {}});
  std::string_view phase = "before";
  RunInstant since = run.timeline.from;
  const auto close = [&](RunInstant at) {
    if (at > since) std::ranges::find(parts, phase, &RunPart::phase)->spans.push_back({since, at});
    since = std::max(since, at);
  };
  for (const auto& mark : marks) {
    if (mark.at >= run.timeline.until) break;
    close(mark.at);
    phase = mark.phase;
  }
  close(run.timeline.until);
  return parts;
}

}  // namespace wandrill
