// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/json.hpp"
#include "net/netns.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/mininet_network.hpp"

namespace wandrill {

/// Adds to a node, as network_from() reads it, what is to be seen in its namespace: `forwards`, and
/// `interfaces` with their addresses.
void add_what_is_seen(Json& node, const NetNs& ns);

/// Throws MachineError that names the first port of the plan which is not there, or has not the
/// addresses that the plan was made with.
void require_same(const MininetNetwork& network, const TopologyPlan& topology);

}  // namespace wandrill
