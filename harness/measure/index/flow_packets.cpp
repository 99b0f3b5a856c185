// SPDX-License-Identifier: Apache-2.0
#include "measure/index/flow_packets.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace wandrill {

std::optional<std::int32_t> FlowPackets::take_sent(std::size_t sequence, RunInstant scheduled,
                                                   std::int32_t lateness) {
  schedule_.set(sequence, scheduled);
  lateness_.extend(size(), 0);
  transit_.extend(size(), kNever);
  const bool is_new = std::exchange(transit_[sequence], kMissing) == kNever;
  const auto before = std::exchange(lateness_[sequence], lateness);
  return is_new ? std::nullopt : std::optional{before};
}

void FlowPackets::take_refused(std::size_t sequence, RunInstant scheduled) {
  schedule_.set(sequence, scheduled);
  lateness_.extend(size(), 0);
  transit_.extend(size(), kNever);
}

void FlowPackets::take_received(std::size_t sequence, RunInstant at) {
  if (sequence >= size() || transit_[sequence] == kNever) return;
  const Nanos since = at - schedule_[sequence];
  if (transit_[sequence] == kMissing) {
    set_transit(sequence, since);
    return;
  }
  duplicates_.push_back(static_cast<std::uint32_t>(sequence));
  if (since < transit(sequence)) set_transit(sequence, since);
}

void FlowPackets::set_transit(std::size_t sequence, Nanos transit) {
  const bool fits = transit > Nanos{kFar} && transit <= Nanos{INT32_MAX};
  transit_[sequence] = fits ? static_cast<std::int32_t>(transit.count()) : kFar;
  if (!fits) far_[sequence] = transit;
}

void FlowPackets::finish(RunInstant end) {
  for (std::size_t i = 0; i < size(); ++i)
    if (transit_[i] == kMissing && schedule_[i] + late_after_ > end) transit_[i] = kOnItsWay;
  order_arrivals();
}

void FlowPackets::order_arrivals() {
  arrivals_ = {{0, size()}};
  std::vector<std::uint32_t> came_in;  // in this order; only where it is not that of sending
  bool in_order = true;
  RunInstant latest = RunInstant::min();
  for (std::size_t i = 0; i < size() && in_order; ++i) {
    if (!came(i)) continue;
    const auto at = arrived(i);
    in_order = at >= latest;
    latest = at;
  }
  if (in_order) return;
  for (std::size_t i = 0; i < size(); ++i)
    if (came(i)) came_in.push_back(static_cast<std::uint32_t>(i));
  std::vector<std::uint32_t> rank(size());  // among those that came, by sequence
  for (std::uint32_t i = 0; i < came_in.size(); ++i)
    rank[came_in[i]] = i;
  std::ranges::stable_sort(came_in, {}, [this](std::uint32_t i) { return arrived(i); });
  arrivals_.clear();
  for (std::size_t i = 0; i < came_in.size(); ++i) {
    const auto sequence = came_in[i];
    if (i > 0 && rank[sequence] == rank[came_in[i - 1]] + 1)
      arrivals_.back().last = sequence + 1;
    else
      arrivals_.push_back({sequence, sequence + 1});
  }
}

std::uint64_t FlowPackets::count_sent(const Range& range) const {
  std::uint64_t sent = 0;
  for (auto i = range.first; i < range.last; ++i)
    if (was_sent(i)) ++sent;
  return sent;
}

std::size_t FlowPackets::first_from(RunInstant at) const {
  const auto all = std::views::iota(std::size_t{0}, size());
  return *std::ranges::partition_point(all, [&](std::size_t i) { return scheduled(i) < at; });
}

FlowPackets::Range FlowPackets::within(const TimeSpan& span) const {
  const auto first = first_from(span.from);
  return {first, std::max(first, first_from(span.until))};
}

}  // namespace wandrill
