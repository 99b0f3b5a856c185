// SPDX-License-Identifier: Apache-2.0
#include "plan/timeline/link_needs.hpp"

#include <algorithm>

#include "scenario/defaults.hpp"

namespace wandrill {

std::vector<TrafficFilter> filters_on(const TimelinePlan& timeline, const std::string& wan) {
  std::vector<TrafficFilter> filters;
  for (const auto& step : timeline.steps) {
    const auto* fault = std::get_if<FaultAction>(&step.action);
    if (fault == nullptr || fault->wan != wan || fault->filter.empty()) continue;
    if (std::ranges::find(filters, fault->filter) == filters.end())
      filters.push_back(fault->filter);
  }
  return filters;
}

void check_filters(const TimelinePlan& timeline, const TopologyPlan& topology, const Place& place,
                   Mistakes& mistakes) {
  for (const auto& wan : topology.wans)
    if (const auto count = filters_on(timeline, wan.name).size(); count > defaults::kMostFilters)
      mistakes.add(place, "the faults on {} have {} different filters; a line takes {}", wan.name,
                   count, defaults::kMostFilters);
}

bool needs_wire(const TimelinePlan& timeline) {
  return std::ranges::any_of(timeline.steps, [](const StepPlan& step) {
    const auto* fault = std::get_if<FaultAction>(&step.action);
    return fault != nullptr && fault->value.jitter_correlation.value > 0.0;
  });
}

}  // namespace wandrill
