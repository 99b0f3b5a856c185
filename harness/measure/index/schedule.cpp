// SPDX-License-Identifier: Apache-2.0
#include "measure/index/schedule.hpp"

#include <algorithm>

namespace wandrill {

Schedule::Legs::const_iterator Schedule::leg_of(std::size_t sequence) const {
  return std::ranges::upper_bound(legs_, sequence, {}, &Leg::first) - 1;
}

void Schedule::set(std::size_t sequence, RunInstant due) {
  if (sequence < size_) {
    change(sequence, due);
    return;
  }
  size_ = sequence + 1;
  if (at(legs_.back(), sequence) == due) return;
  if (sequence == 0)
    legs_.front().due = due;
  else
    legs_.push_back({sequence, due});
}

/// The packets behind it stay where they are.
void Schedule::change(std::size_t sequence, RunInstant due) {
  if ((*this)[sequence] == due) return;
  const auto next = sequence + 1;
  const auto due_next = (*this)[next];
  auto leg = legs_.begin() + (leg_of(sequence) - legs_.cbegin());
  if (leg->first == sequence)
    leg->due = due;
  else
    leg = legs_.insert(leg + 1, {sequence, due});
  const bool follows_itself = leg + 1 != legs_.end() && (leg + 1)->first == next;
  if (next < size_ && !follows_itself) legs_.insert(leg + 1, {next, due_next});
}

}  // namespace wandrill
