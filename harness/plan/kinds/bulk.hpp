// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "plan/impairment.hpp"
#include "plan/maybe_const.hpp"

namespace wandrill {

/// What only a transfer has.
struct BulkPlan {
  static constexpr const char* kKey = "bulk";      ///< In a stored plan.
  FaultDirection direction = FaultDirection::kUp;  ///< Which way bytes go.
  std::uint64_t rate = 0;  ///< Bits per second that the sender has to give; 0: no end of them.
  Nanos starts{0};         ///< After the timeline's start: what is steady before is so without it.

  [[nodiscard]] bool goes(Direction way) const {
    return direction == FaultDirection::kBoth ||
           (direction == FaultDirection::kUp) == (way == Direction::kUp);
  }
};

void visit_fields(auto&& visit, MaybeConst<BulkPlan> auto& value) {
  visit("direction", value.direction);
  visit("rate_bits_per_second", value.rate);
  visit("starts_ns", value.starts);
}

}  // namespace wandrill
