// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/clock.hpp"

namespace wandrill {

/// When a thread did not run: from when it should have until it did.
struct Stall {
  Clock::time_point at;
  Clock::time_point until;
};

/// Finds stalls of more than 10 ms in the ticks of a periodic deadline. Pure.
class StallDetector {
 public:
  /// How often its owners tick it.
  static constexpr Nanos kTick = std::chrono::milliseconds{5};

  /// A tick that was due at `scheduled` ran at `ran`. A long stall is told once, although every
  /// tick that was missed comes late.
  std::optional<Stall> tick(Clock::time_point scheduled, Clock::time_point ran);

 private:
  std::optional<Clock::time_point> last_ran_;
};

}  // namespace wandrill
