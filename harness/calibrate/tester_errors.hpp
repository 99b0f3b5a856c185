// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "calibrate/calibration.hpp"
#include "plan/plan.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// What the tester made of the known cuts, delays and losses of a run (blackhole, delay and loss
/// faults in both directions on one WAN, that the router never leaves). Nothing is taken off for
/// stalls: they are part of the error. The truth: a cut lasts from its fault applied to its restore
/// applied; a delay is that of the line and the fault, and the time that the line's rate takes.
TesterAccuracy measure_accuracy(const Plan& plan, const Recording& recording);

}  // namespace wandrill
