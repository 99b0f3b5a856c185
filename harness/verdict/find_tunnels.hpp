// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/measurements.hpp"
#include "plan/plan.hpp"
#include "verdict/verdict.hpp"

namespace wandrill {

/// Tunnels that did not follow the router, stayed behind, or let out what they should hide.
void find_tunnel_troubles(const Plan& plan, const Measurements& measurements,
                          std::vector<Finding>& found);

/// Which of its protocol's timers makes a tunnel take that long to be found again.
std::string explain_roaming(const SessionPlan& tunnel, double seconds);

}  // namespace wandrill
