// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/topology.hpp"

namespace wandrill {

/// Holds the parts of a topology against each other: names, ends, addresses, gateways, WANs.
void check_topology(const Topology& topology, Mistakes& mistakes);

}  // namespace wandrill
