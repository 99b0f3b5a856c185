// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "measure/index/percentile.hpp"

namespace wandrill {

/// Nearest-rank percentiles, exact, of values that one would not hold a second time. `visit(take)`
/// calls `take` with each std::int32_t, the same ones each time: first their upper halves are
/// counted, then the lower halves of those that share the upper half of a percentile. Nothing for
/// no values.
template <typename Visit>
std::vector<std::optional<std::int32_t>> streamed_percentiles(const Visit& visit,
                                                              const std::vector<double>& percents) {
  constexpr std::uint32_t kSign = 0x80000000U;  // as unsigned numbers they sort alike
  using Counts = std::vector<std::uint64_t>;
  const auto key_of = [](std::int32_t value) { return static_cast<std::uint32_t>(value) ^ kSign; };
  /// The slot that holds the `rank`-th count, from 1; what is left of the rank in it.
  const auto find = [](const Counts& counts, std::uint64_t& rank) {
    std::uint32_t slot = 0;
    for (; counts[slot] < rank; ++slot)
      rank -= counts[slot];
    return slot;
  };
  std::uint64_t all = 0;
  Counts upper(0x10000);
  visit([&](std::int32_t value) {
    ++upper[key_of(value) >> 16];
    ++all;
  });
  std::vector<std::optional<std::int32_t>> found(percents.size());
  if (all == 0) return found;
  /// Where a percentile is, and what shares its upper half.
  struct Wanted {
    std::uint64_t rank = 0;
    std::uint32_t half = 0;
    Counts lower = Counts(0x10000);
  };
  std::vector<Wanted> wanted(percents.size());
  for (std::size_t i = 0; i < percents.size(); ++i) {
    wanted[i].rank = nearest_rank(percents[i], all);
    wanted[i].half = find(upper, wanted[i].rank);
  }
  visit([&](std::int32_t value) {
    for (auto& one : wanted)
      if (key_of(value) >> 16 == one.half) ++one.lower[key_of(value) & 0xffff];
  });
  for (std::size_t i = 0; i < percents.size(); ++i)
    found[i] = static_cast<std::int32_t>(
        (wanted[i].half << 16 | find(wanted[i].lower, wanted[i].rank)) ^ kSign);
  return found;
}

}  // namespace wandrill
