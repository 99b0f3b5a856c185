// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/topology/topology_plan.hpp"

namespace wandrill {

/// The classes held against the rates of the WANs, as a table; empty without classes.
std::string capacity_text(const TopologyPlan& topology);

}  // namespace wandrill
