// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>

namespace wandrill {

using Nanos = std::chrono::nanoseconds;

/// The clock of everything live: CLOCK_MONOTONIC.
using Clock = std::chrono::steady_clock;

/// The clock of everything recorded: nanoseconds since the origin of the run. It cannot be read;
/// only RunOrigin turns a reading of another clock into it.
struct RunClock {
  using duration = Nanos;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<RunClock>;
  static constexpr bool is_steady = true;  // NOLINT(readability-identifier-naming): the standard's
};

/// An instant of a run.
using RunInstant = RunClock::time_point;

/// The instant on CLOCK_MONOTONIC that a run calls zero.
class RunOrigin {
 public:
  explicit RunOrigin(Clock::time_point zero) noexcept : zero_{zero} {}

  [[nodiscard]] RunInstant at(Clock::time_point instant) const noexcept {
    return RunInstant{std::chrono::duration_cast<Nanos>(instant - zero_)};
  }
  [[nodiscard]] Clock::time_point instant(RunInstant at) const noexcept {
    return zero_ + at.time_since_epoch();
  }

 private:
  Clock::time_point zero_;
};

}  // namespace wandrill
