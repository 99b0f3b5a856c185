// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>

#include "base/clock.hpp"

namespace wandrill {

/// A part of the run: from `from` until just before `until`.
struct TimeSpan {
  RunInstant from;
  RunInstant until;

  [[nodiscard]] Nanos length() const { return std::max(Nanos{0}, Nanos{until - from}); }
  [[nodiscard]] bool contains(RunInstant at) const { return from <= at && at < until; }
  /// How long both last at once.
  [[nodiscard]] Nanos overlap(const TimeSpan& other) const {
    return TimeSpan{std::max(from, other.from), std::min(until, other.until)}.length();
  }

  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

inline double in_seconds(Nanos duration) {
  return std::chrono::duration<double>(duration).count();
}

inline double in_seconds(RunInstant at) {
  return in_seconds(at.time_since_epoch());
}

}  // namespace wandrill
