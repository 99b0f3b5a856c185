// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "lab/live_lab.hpp"
#include "run/context.hpp"
#include "traffic/traffic.hpp"

namespace wandrill {

/// Opens all that listens beside the sessions: taps on the WANs and on the hosts of other people's
/// programs, what answers the router's health checks, and what hears its alerts.
void attach_monitors(const RunContext& context, LiveLab& lab, Traffic& traffic);

}  // namespace wandrill
