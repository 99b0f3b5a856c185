// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

#include "plan/timeline/timeline_plan.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// The filter of a step's fault; empty if it has none, or only mistakes.
TrafficFilter resolve_filter(const StepSpec& step, Mistakes& mistakes);

/// Each filter that faults on this WAN have, once, in order of first use: the stages of its line.
std::vector<TrafficFilter> filters_on(const TimelinePlan& timeline, const std::string& wan);

/// Whether a fault on one of the lines is about some packets only.
bool has_filters(const TopologyPlan& topology);

/// Says so where a WAN has more filters than a line has stages.
void check_filters(const TimelinePlan& timeline, const TopologyPlan& topology, const Place& place,
                   Mistakes& mistakes);

}  // namespace wandrill
