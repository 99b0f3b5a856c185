// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/socket.h>

#include "base/clock.hpp"

namespace wandrill {

/// How far the wall clock, in which the kernel stamps packets, is ahead of CLOCK_MONOTONIC. Exact
/// to some microseconds even where the caller is held up between two readings.
Nanos wall_clock_offset();

/// The kernel's stamp of a message's arrival (SO_TIMESTAMPNS), on CLOCK_MONOTONIC; now, when there
/// is none or it is ahead.
Clock::time_point arrival_of(msghdr& message);

}  // namespace wandrill
