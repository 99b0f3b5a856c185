// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/mistakes.hpp"
#include "scenario/topology.hpp"

namespace wandrill {

/// Adds what is wrong with the segments, and with the hosts in them. That no address and no
/// interface is given twice is check_topology()'s business.
void check_segments(const Topology& topology, Mistakes& mistakes);

}  // namespace wandrill
