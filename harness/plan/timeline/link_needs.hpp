// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "plan/timeline/timeline_plan.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"

// What the faults of a timeline ask of the links.
namespace wandrill {

/// Each filter that faults on this WAN have, once, in order of first use: the stages of its line.
std::vector<TrafficFilter> filters_on(const TimelinePlan& timeline, const std::string& wan);

/// Says so where a WAN has more filters than a line has stages.
void check_filters(const TimelinePlan& timeline, const TopologyPlan& topology, const Place& place,
                   Mistakes& mistakes);

/// Whether a fault of the timeline is one that only the wire engine plays.
bool needs_wire(const TimelinePlan& timeline);

}  // namespace wandrill
