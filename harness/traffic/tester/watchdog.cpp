// SPDX-License-Identifier: Apache-2.0
#include "traffic/tester/watchdog.hpp"

#include "record/recorder.hpp"

namespace wandrill {
namespace {

constexpr Nanos kTick = StallDetector::kTick;

}  // namespace

Watchdog::Watchdog(const TrafficContext& context, RealtimeOffset& realtime)
    : context_{context}, realtime_{realtime} {
  context_.timers.add(Clock::now() + kTick, kTick, *this);
}

Watchdog::~Watchdog() {
  context_.timers.remove(*this);
}

void Watchdog::record(const char* kind, const Stall& stall) {
  const auto& origin = context_.flows.origin();
  context_.flows.recorder().add(
      TesterEvent{origin.at(stall.at), kind, origin.at(stall.until), 0, ""});
}

void Watchdog::due(Clock::time_point scheduled) {
  const auto now = Clock::now();
  if (const auto stall = detector_.tick(scheduled, now)) record("stall", *stall);
  for (const auto& stall : machine_.take_stalls())
    record("machine_stall", stall);
  if (const auto moved = realtime_.follow()) {
    const auto at = context_.flows.origin().at(now);
    context_.flows.recorder().add(TesterEvent{at, "clock_step", at + *moved, 0, ""});
  }
}

}  // namespace wandrill
