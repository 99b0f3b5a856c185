// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/clock.hpp"

namespace wandrill {

/// What one direction of a slot has done since it was built.
struct LinkCounters {
  std::uint64_t frames = 0;         ///< Came in.
  std::uint64_t bytes = 0;          ///< Came in.
  std::uint64_t forwarded = 0;      ///< Frames that went out.
  std::uint64_t lost = 0;           ///< Frames dropped by the random loss.
  std::uint64_t blackholed = 0;     ///< Frames dropped by the blackhole.
  std::uint64_t queue_dropped = 0;  ///< Frames that found the queue of the rate full.
  std::uint64_t duplicated = 0;     ///< Copies made, which also count among those that went out.
  std::uint64_t corrupted = 0;      ///< Frames in which a bit was flipped.
  std::uint64_t reordered = 0;      ///< Frames let past the others.
  std::uint64_t port_down = 0;      ///< Frames that met a port without link on their way out.
  /// Frames that the harness itself lost (its receive ring or its memory was full): never the
  /// router's fault.
  std::uint64_t harness_dropped = 0;
};

/// A span of time in which the relay should have acted and did not.
struct RelayStall {
  Clock::time_point from;
  Clock::time_point until;
};

/// How punctual the relay was.
struct RelayHealth {
  bool realtime = false;      ///< Runs under SCHED_FIFO.
  std::uint64_t wakeups = 0;  ///< With a frame due or newly arrived.
  std::uint64_t late = 0;     ///< Wake-ups more than kLateWakeup after the instant wanted.
  Nanos latest{0};            ///< The worst of them.
};

constexpr Nanos kLateWakeup = std::chrono::milliseconds{1};
constexpr Nanos kStall = std::chrono::milliseconds{5};

}  // namespace wandrill
