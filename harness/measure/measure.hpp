// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/measurements.hpp"
#include "plan/plan.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// Computes everything that can be known from a Recording. Pure: the same Recording gives the same
/// Measurements, years later.
Measurements measure(const Plan& plan, const Recording& recording);

}  // namespace wandrill
