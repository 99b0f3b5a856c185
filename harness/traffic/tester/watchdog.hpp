// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "traffic/context.hpp"
#include "traffic/tester/scheduling_monitor.hpp"
#include "traffic/tester/stall_detector.hpp"

namespace wandrill {

/// Watches the tester itself: every 5 ms it looks whether the loop ran in time, whether the machine
/// kept ordinary processes waiting and whether somebody set the wall clock. Writes TesterEvents.
class Watchdog final : private Timed {
 public:
  /// `realtime` is kept true to the clocks.
  Watchdog(const TrafficContext& context, RealtimeOffset& realtime);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog();

 private:
  void due(Clock::time_point scheduled) override;
  void record(const char* kind, const Stall& stall);

  const TrafficContext& context_;
  RealtimeOffset& realtime_;
  StallDetector detector_;
  SchedulingMonitor machine_;
};

}  // namespace wandrill
