// SPDX-License-Identifier: Apache-2.0
#include "measure/index/tap_observations.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace wandrill {

void TapObservations::add(const TapObservation& seen) {
  in_order_ = in_order_ && last_ <= seen.at;
  last_ = seen.at;
  if (!legs_.empty()) {
    const auto& leg = legs_.back();
    const auto steps = size() - leg.begin;
    const Nanos offset = seen.at - (leg.first.at + interval_ * static_cast<Nanos::rep>(steps));
    const bool follows = seen.sequence == leg.first.sequence + steps &&
                         seen.source == leg.first.source && seen.wan == leg.first.wan;
    if (follows && std::in_range<std::int32_t>(offset.count())) {
      offsets_.push_back(static_cast<std::int32_t>(offset.count()));
      return;
    }
  }
  legs_.push_back({size(), seen});
  offsets_.push_back(0);
}

void TapObservations::sort() {
  if (in_order_) return;
  std::vector<TapObservation> all;
  all.reserve(size());
  for (std::size_t leg = 0; leg < legs_.size(); ++leg)
    for (auto i = legs_[leg].begin; i < end_of(leg); ++i)
      all.push_back(sighting(legs_[leg], i));
  std::ranges::stable_sort(all, {}, &TapObservation::at);
  *this = TapObservations{interval_};
  for (const auto& seen : all)
    add(seen);
}

std::size_t TapObservations::leg_of(std::size_t i) const {
  const auto after = std::ranges::upper_bound(legs_, i, {}, &Leg::begin);
  return static_cast<std::size_t>(after - legs_.begin()) - (legs_.empty() ? 0 : 1);
}

std::size_t TapObservations::first_from(RunInstant at) const {
  const auto all = std::views::iota(std::size_t{0}, size());
  return *std::ranges::partition_point(
      all, [&](std::size_t i) { return sighting(legs_[leg_of(i)], i).at < at; });
}

}  // namespace wandrill
