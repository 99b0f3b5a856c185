// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/topology/topology_plan.hpp"

namespace wandrill {

struct LiveNode;

/// Throws MachineError, saying what to do, when the topology has tagged segments and this kernel
/// cannot tag, found out by trying in a namespace made for it.
void require_vlans(const TopologyPlan& topology);

/// Tags the segments that have a VLAN: on the router a port for each of them on its trunk, with its
/// addresses; in the switch the ports of their hosts, which carry their own VLAN without a tag, and
/// the one to the router, which carries every VLAN with its tag and nothing else. All cables must
/// be there already. Throws std::system_error.
void build_trunk(const TopologyPlan& topology, LiveNode& router, LiveNode& lan);

}  // namespace wandrill
