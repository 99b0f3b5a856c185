// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include <time.h>

#include "base/clock.hpp"

namespace wandrill {

/// Turns kernel receive stamps, which are CLOCK_REALTIME, into CLOCK_MONOTONIC. The offset between
/// the two only changes when somebody sets the wall clock.
class RealtimeOffset {
 public:
  /// Measures the offset.
  RealtimeOffset();
  /// With a known offset (realtime − monotonic), for tests.
  explicit RealtimeOffset(Nanos offset) noexcept : offset_{offset} {}

  [[nodiscard]] Clock::time_point monotonic(Nanos realtime_stamp) const noexcept {
    return Clock::time_point{realtime_stamp - offset_};
  }
  [[nodiscard]] Clock::time_point monotonic(const timespec& stamp) const noexcept {
    return monotonic(std::chrono::seconds{stamp.tv_sec} + Nanos{stamp.tv_nsec});
  }

  /// Measures again. By how much the wall clock was set, if it was: stamps taken in between are off
  /// by as much.
  std::optional<Nanos> follow();
  /// The decision behind follow().
  std::optional<Nanos> follow(Nanos measured);

 private:
  Nanos offset_;
};

}  // namespace wandrill
