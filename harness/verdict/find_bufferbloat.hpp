// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/measurements.hpp"
#include "plan/plan.hpp"
#include "verdict/verdict.hpp"

namespace wandrill {

/// Calls that wait behind transfers.
void find_bufferbloat(const Plan& plan, const Measurements& measurements,
                      std::vector<Finding>& found);

}  // namespace wandrill
