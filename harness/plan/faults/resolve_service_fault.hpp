// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/timeline/timeline_plan.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// What a dns or dhcp fault does, from the step's own keys; `fault` has its kind, server or WAN
/// already. Says what is missing, out of range, or not there to be broken.
LabFaultValue resolve_service_fault(const StepSpec& step, const FaultAction& fault,
                                    const TopologyPlan& topology, Mistakes& mistakes);

}  // namespace wandrill
