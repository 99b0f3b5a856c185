// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

/// Every periodic deadline of a run, on one absolute schedule. Pure: it is told the time. Behind
/// the name is a binary heap, see docs/adr/0004-one-timer-wheel.md.
class TimerWheel {
 public:
  using Id = std::uint32_t;

  /// `id` is due at `first_due` and then every `interval`; an interval of zero is due once.
  void add(Clock::time_point first_due, Nanos interval, Id id);
  /// Forgets every entry of `id`. Linear: for the end of sending, not for the packet path.
  void remove(Id id);

  /// Calls `callback(id, due)` for everything due at or before `now`, in order of due time. An
  /// entry that was missed several times is called as often, each time with its own due time: a
  /// late wake never drops a packet from the schedule. The callback may add entries; it may not
  /// remove any.
  template <typename Callback>
  void pop_due(Clock::time_point now, Callback&& callback) {
    while (!entries_.empty() && entries_.front().due <= now) {
      const Entry due = entries_.front();
      advance_front();
      callback(due.id, due.due);
    }
  }

  [[nodiscard]] std::optional<Clock::time_point> next_due() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
  struct Entry {
    Clock::time_point due;
    Nanos interval;
    std::uint64_t order;  ///< Of adding: equal due times keep it.
    Id id;
  };
  static bool is_later(const Entry& a, const Entry& b) noexcept;
  void advance_front();

  std::vector<Entry> entries_;  ///< A min-heap by (due, order).
  std::uint64_t added_ = 0;
};

}  // namespace wandrill
