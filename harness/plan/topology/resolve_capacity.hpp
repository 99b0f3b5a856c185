// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/topology.hpp"

namespace wandrill {

/// Adds the classes to `plan`, whose nodes and WANs are there.
void resolve_capacity(const Topology& topology, TopologyPlan& plan, Mistakes& mistakes);

}  // namespace wandrill
