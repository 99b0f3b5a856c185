// SPDX-License-Identifier: Apache-2.0
#include "traffic/wheel.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace wandrill {

bool TimerWheel::is_later(const Entry& a, const Entry& b) noexcept {
  return std::tie(a.due, a.order) > std::tie(b.due, b.order);
}

void TimerWheel::add(Clock::time_point first_due, Nanos interval, Id id) {
  entries_.push_back({first_due, interval, added_++, id});
  std::push_heap(entries_.begin(), entries_.end(), is_later);
}

void TimerWheel::remove(Id id) {
  std::erase_if(entries_, [id](const Entry& entry) { return entry.id == id; });
  std::make_heap(entries_.begin(), entries_.end(), is_later);
}

void TimerWheel::advance_front() {
  if (entries_.front().interval <= Nanos::zero()) {
    std::pop_heap(entries_.begin(), entries_.end(), is_later);
    entries_.pop_back();
    return;
  }
  entries_.front().due += entries_.front().interval;
  // One sift-down: half the work of a pop and a push.
  std::size_t at = 0;
  for (;;) {
    std::size_t child = 2 * at + 1;
    if (child >= entries_.size()) return;
    if (child + 1 < entries_.size() && is_later(entries_[child], entries_[child + 1])) ++child;
    if (!is_later(entries_[at], entries_[child])) return;
    std::swap(entries_[at], entries_[child]);
    at = child;
  }
}

std::optional<Clock::time_point> TimerWheel::next_due() const noexcept {
  if (entries_.empty()) return std::nullopt;
  return entries_.front().due;
}

}  // namespace wandrill
