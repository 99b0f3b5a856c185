// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

/// Stands for the delay of a packet that was lost (RFC 7679): larger than every delay.
inline constexpr Nanos kInfinite = Nanos::max();

/// The rank, from 1, of a nearest-rank percentile of `count` values (at least one).
std::uint64_t nearest_rank(double percent, std::uint64_t count);

/// The nearest-rank percentile (RFC 2330 11.3): the smallest value that at least `percent` of all
/// values do not exceed. Nothing for no values, or when it falls on a lost packet. Reorders
/// `values`.
std::optional<Nanos> percentile(std::vector<Nanos>& values, double percent);

}  // namespace wandrill
