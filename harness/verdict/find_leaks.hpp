// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "verdict/findings.hpp"

namespace wandrill {

/// Traffic that policy must stop and that got through, or that left by a WAN that is not for it.
void find_leaks(const Plan& plan, const Measurements& measurements, std::vector<Finding>& found);

}  // namespace wandrill
