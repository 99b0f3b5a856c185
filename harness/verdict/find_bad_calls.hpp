// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "verdict/findings.hpp"

namespace wandrill {

/// Calls that their people would complain about.
void find_bad_calls(const Plan& plan, const Measurements& measurements,
                    std::vector<Finding>& found);

}  // namespace wandrill
