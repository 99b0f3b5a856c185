// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/scenario.hpp"
#include "scenario/session_spec.hpp"

namespace wandrill {

/// One of the sessions that an entry of pairs stands for: as if it were an entry of its own.
struct PairSpec {
  std::string name;
  SessionSpec spec;  ///< With one `from`, `to`, `family` and `transport`.
};

/// From each to each that is not in the same network, in each family over each transport. Segments
/// stand for their hosts, `segments` for those of all, `isps` for all ISPs.
std::vector<PairSpec> pairs_of(const SessionSpec& spec, const TopologyPlan& topology,
                               Mistakes& mistakes);

/// Refuses every matrix of the scenario: it compares WANs, "and {why}".
void refuse_matrices(const Scenario& scenario, std::string_view why, Mistakes& mistakes);

}  // namespace wandrill
