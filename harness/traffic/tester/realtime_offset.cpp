// SPDX-License-Identifier: Apache-2.0
#include "traffic/tester/realtime_offset.hpp"

namespace wandrill {
namespace {

/// Below it, a difference is the noise of reading two clocks in turn.
constexpr Nanos kStep = std::chrono::microseconds{500};
constexpr int kReadings = 5;

Nanos read(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds{now.tv_sec} + Nanos{now.tv_nsec};
}

/// The reading with the least time between its two ends is the truest: we were not interrupted.
Nanos measure_offset() {
  Nanos best_span = Nanos::max();
  Nanos offset{0};
  for (int i = 0; i < kReadings; ++i) {
    const auto before = read(CLOCK_MONOTONIC);
    const auto realtime = read(CLOCK_REALTIME);
    const auto span = read(CLOCK_MONOTONIC) - before;
    if (span >= best_span) continue;
    best_span = span;
    offset = realtime - (before + span / 2);
  }
  return offset;
}

}  // namespace

RealtimeOffset::RealtimeOffset() : offset_{measure_offset()} {}

std::optional<Nanos> RealtimeOffset::follow() {
  return follow(measure_offset());
}

std::optional<Nanos> RealtimeOffset::follow(Nanos measured) {
  const auto moved = measured - offset_;
  if (moved > -kStep && moved < kStep) return std::nullopt;
  offset_ = measured;
  return moved;
}

}  // namespace wandrill
