// SPDX-License-Identifier: Apache-2.0
#include "traffic/stall.hpp"

#include "record/recorder.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kTick = 5ms;
constexpr Nanos kTolerated = 10ms;

}  // namespace

std::optional<Stall> StallDetector::tick(Clock::time_point scheduled, Clock::time_point ran) {
  const bool told_before = last_ran_ && scheduled < *last_ran_;
  last_ran_ = ran;
  if (told_before || ran - scheduled <= kTolerated) return std::nullopt;
  return Stall{scheduled, ran};
}

Watchdog::Watchdog(const TrafficContext& context, RealtimeOffset& realtime)
    : context_{context}, realtime_{realtime} {
  context_.timers.add(Clock::now() + kTick, kTick, *this);
}

Watchdog::~Watchdog() {
  context_.timers.remove(*this);
}

void Watchdog::due(Clock::time_point scheduled) {
  const auto now = Clock::now();
  const auto& origin = context_.book.origin();
  auto& recorder = context_.book.recorder();
  if (const auto stall = detector_.tick(scheduled, now))
    recorder.add(TesterEvent{origin.at(stall->at), "stall", origin.at(stall->until), 0, ""});
  if (const auto moved = realtime_.follow())
    recorder.add(TesterEvent{origin.at(now), "clock_step", origin.at(now) + *moved, 0, ""});
}

}  // namespace wandrill
