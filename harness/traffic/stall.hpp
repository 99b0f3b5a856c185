// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "traffic/context.hpp"

namespace wandrill {

/// When our loop did not run: from when it should have until it did.
struct Stall {
  Clock::time_point at;
  Clock::time_point until;
};

/// Finds stalls in the ticks of a periodic deadline. Pure.
class StallDetector {
 public:
  /// A tick that was due at `scheduled` ran at `ran`. A long stall is told once, although every
  /// tick that was missed comes late.
  std::optional<Stall> tick(Clock::time_point scheduled, Clock::time_point ran);

 private:
  std::optional<Clock::time_point> last_ran_;
};

/// Watches the tester itself: every 5 ms it looks whether the loop ran in time and whether somebody
/// set the wall clock. Writes TesterEvents.
class Watchdog final : private Timed {
 public:
  /// `realtime` is kept true to the clocks.
  Watchdog(const TrafficContext& context, RealtimeOffset& realtime);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog();

 private:
  void due(Clock::time_point scheduled) override;

  const TrafficContext& context_;
  RealtimeOffset& realtime_;
  StallDetector detector_;
};

}  // namespace wandrill
