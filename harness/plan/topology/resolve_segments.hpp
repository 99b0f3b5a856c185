// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/topology/topology_plan.hpp"
#include "scenario/topology.hpp"

namespace wandrill {

/// A host's port in its segment.
inline constexpr const char* kHostPort = "eth0";

/// The router's interface in a segment: "lan.10" of VLAN 10, else the segment's name.
std::string interface_in(const SegmentSpec& segment);
/// The port of the router that a segment's cable is in: the trunk, or one of its own.
std::string router_port_of(const SegmentSpec& segment);

/// The segments with their switches and cables, and the default routes of the hosts in them. The
/// nodes that the file names must be there already.
void add_segments(const Topology& topology, TopologyPlan& plan);

}  // namespace wandrill
