// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "verdict/verdict.hpp"

namespace wandrill {

/// What is wrong with the router as far as the run shows it, and what to do about it.
std::vector<Finding> find_faults_of_the_router(const Plan& plan, const Measurements& measurements);

}  // namespace wandrill
