// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/topology.hpp"

namespace wandrill {

/// A network that Mininet has built, as the topology file that says the same: nodes with their
/// kinds, cables with the addresses that were found, WANs with what TCLink was told, servers.
/// `topology` has `mininet` and `built`. Impaired links that are no WAN are left to lines_of().
Topology lay_out(const Topology& topology, Mistakes& mistakes);

/// Impaired links between other nodes than the router and its providers.
struct MininetLine {
  MininetEnd a;
  MininetEnd b;
  LineSpec to_b;
  LineSpec to_a;
};

/// `laid_out`: what lay_out() made of it.
std::vector<MininetLine> lines_of(const Topology& laid_out, Mistakes& mistakes);

/// What TCLink was told of one end, for what that end sends.
LineSpec line_of(const MininetEnd& end, const Place& place, Mistakes& mistakes);

/// A time as tc(8) has it: "10ms", "1sec"; without a unit it counts microseconds.
std::optional<Nanos> parse_tc_time(std::string_view text);

}  // namespace wandrill
