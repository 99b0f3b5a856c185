// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace wandrill {

/// From `low` to `high` events.
struct EventInterval {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  [[nodiscard]] bool contains(std::uint64_t count) const { return low <= count && count <= high; }
};

/// How many of `trials` independent events of `probability` happen, but for `outside` of all cases:
/// half of that on each side. Exact, by summing the binomial distribution.
EventInterval binomial_interval(std::uint64_t trials, double probability, double outside);

}  // namespace wandrill
