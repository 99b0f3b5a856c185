// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "base/error.hpp"
#include "calibrate/calibration.hpp"
#include "plan/plan.hpp"

namespace wandrill {

/// Expectations of the plan that are tighter than what this tester measures when the machine is
/// idle, each with its place: a bound on a time that is less than the error of outages (p95) or, of
/// delays, of delays (p99). They are worth a warning, no error: the verdict takes the accuracy
/// into account.
std::vector<Mistake> too_tight(const Plan& plan, const Calibration& calibration);

}  // namespace wandrill
