// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/clock.hpp"

namespace wandrill {

/// How far the wall clock, in which the kernel stamps packets, is ahead of CLOCK_MONOTONIC. Exact
/// to some microseconds even where the caller is held up between two readings.
Nanos wall_clock_offset();

}  // namespace wandrill
