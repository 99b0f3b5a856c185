// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/measurements.hpp"
#include "plan/plan.hpp"
#include "verdict/verdict.hpp"

namespace wandrill {

/// Phones that could not register, place calls or be reached, although the line was there.
void find_phone_troubles(const Plan& plan, const Measurements& measurements,
                         std::vector<Finding>& found);

}  // namespace wandrill
