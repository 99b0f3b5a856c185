// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "measure/index/column.hpp"
#include "measure/time_span.hpp"

namespace wandrill {

/// A packet of an outgoing flow, as a tap saw it leave the router.
struct TapObservation {
  RunInstant at;
  std::uint32_t sequence = 0;
  std::uint16_t source = 0;  ///< Index into Recording::addresses.
  std::uint8_t wan = 0;      ///< Index into the plan's WANs.
};

/// The sightings of one flow in order of time. Those that follow each other by number, by one WAN
/// and from one source take four bytes each.
class TapObservations {
 public:
  /// `interval`: of the flow's packets, about.
  explicit TapObservations(Nanos interval = Nanos{0}) : interval_{interval} {}

  void add(const TapObservation& seen);
  /// To be called once all are added: of those seen at one instant, the first one added is first.
  void sort();

  [[nodiscard]] std::size_t size() const noexcept { return offsets_.size(); }
  /// Calls `visit(sighting)` from the first one at `from` or later on, until it returns false.
  template <typename Visit>
  void visit_from(RunInstant from, Visit&& visit) const {
    const auto first = first_from(from);
    for (auto leg = leg_of(first); leg < legs_.size(); ++leg)
      for (auto i = std::max(first, legs_[leg].begin); i < end_of(leg); ++i)
        if (!visit(sighting(legs_[leg], i))) return;
  }
  template <typename Visit>
  void visit(Visit&& visit) const {
    visit_from(RunInstant::min(), [&](const TapObservation& seen) {
      visit(seen);
      return true;
    });
  }

 private:
  /// From `begin` on, sightings follow `first`.
  struct Leg {
    std::size_t begin = 0;
    TapObservation first;
  };

  [[nodiscard]] TapObservation sighting(const Leg& leg, std::size_t i) const {
    auto seen = leg.first;
    seen.at += interval_ * static_cast<Nanos::rep>(i - leg.begin) + Nanos{offsets_[i]};
    seen.sequence += static_cast<std::uint32_t>(i - leg.begin);
    return seen;
  }
  [[nodiscard]] std::size_t end_of(std::size_t leg) const {
    return leg + 1 < legs_.size() ? legs_[leg + 1].begin : size();
  }
  [[nodiscard]] std::size_t leg_of(std::size_t i) const;
  [[nodiscard]] std::size_t first_from(RunInstant at) const;

  Nanos interval_;
  std::vector<Leg> legs_;
  Column<std::int32_t> offsets_;  ///< ns, from one interval after the other.
  bool in_order_ = true;
  RunInstant last_ = RunInstant::min();
};

}  // namespace wandrill
