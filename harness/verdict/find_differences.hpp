// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "verdict/findings.hpp"

namespace wandrill {

/// What passes while traffic leaves by one WAN and does not by another.
void find_differences(const Plan& plan, const Measurements& measurements,
                      std::vector<Finding>& found);

}  // namespace wandrill
