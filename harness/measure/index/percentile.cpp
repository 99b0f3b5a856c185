// SPDX-License-Identifier: Apache-2.0
#include "measure/index/percentile.hpp"

#include <algorithm>
#include <cmath>

namespace wandrill {

std::uint64_t nearest_rank(double percent, std::uint64_t count) {
  const auto values = static_cast<double>(count);
  // 99 % of 100 is 99, but 0.99 × 100 is a little more in binary.
  return static_cast<std::uint64_t>(
      std::clamp(std::ceil(percent * values / 100.0 - 1e-9), 1.0, values));
}

std::optional<Nanos> percentile(std::vector<Nanos>& values, double percent) {
  if (values.empty()) return std::nullopt;
  const auto index = static_cast<std::ptrdiff_t>(nearest_rank(percent, values.size())) - 1;
  std::nth_element(values.begin(), values.begin() + index, values.end());
  const Nanos found = values[static_cast<std::size_t>(index)];
  if (found == kInfinite) return std::nullopt;
  return found;
}

}  // namespace wandrill
