// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/reading.hpp"
#include "measure/transition/transitions.hpp"

namespace wandrill {

/// The median one-way delay after the failover minus the one before it, of the flow where it grew
/// most (Additive Backup Delay, RFC 6414 3.5.5).
Reading<Seconds> additive_backup_delay(const RunIndex& run, const TransitionRecord& record);

}  // namespace wandrill
