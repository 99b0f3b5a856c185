// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "measure/time_span.hpp"
#include "record/events.hpp"

namespace wandrill {

/// When the tester did not work as it should, and how much of a time that may explain. See
/// docs/adr/0005-stalls-are-credited.md.
class StallLog {
 public:
  StallLog() = default;
  explicit StallLog(const std::vector<Event>& events);

  /// Time within `span` in which the tester (its loop or its relay) stalled.
  [[nodiscard]] Nanos within(const TimeSpan& span) const;
  /// What to take off a time that was measured over `span`, in the router's favour: the stalls in
  /// it; half of it on a machine so starved that stalls fill a tenth of it.
  [[nodiscard]] Nanos credit(const TimeSpan& span) const;
  /// Stalls fill at least half of `span`: nothing can be said of what did not happen in it.
  [[nodiscard]] bool tester_overloaded(const TimeSpan& span) const;
  /// The longest part of `span` without a stall of 50 ms or more.
  [[nodiscard]] Nanos longest_quiet(const TimeSpan& span) const;
  /// A stall of 50 ms or more ended in the last second before `at`, or holds it.
  [[nodiscard]] bool may_explain_switch(RunInstant at) const;
  /// The longest stall that overlaps `span`.
  [[nodiscard]] Nanos longest_within(const TimeSpan& span) const;
  /// Packets that the receive queue of `subject` lost around `span`.
  [[nodiscard]] std::uint64_t overflows(std::string_view subject, const TimeSpan& span) const;

  [[nodiscard]] const std::vector<TimeSpan>& stalls() const noexcept { return stalls_; }

 private:
  std::vector<TimeSpan> stalls_;  ///< In order; those that overlap are one.
  std::vector<TesterEvent> overflows_;
};

}  // namespace wandrill
