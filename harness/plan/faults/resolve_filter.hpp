// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// The filter of a step's fault; empty if it has none, or only mistakes.
TrafficFilter resolve_filter(const StepSpec& step, Mistakes& mistakes);

/// Whether a fault on one of the lines is about some packets only.
bool has_filters(const TopologyPlan& topology);

}  // namespace wandrill
