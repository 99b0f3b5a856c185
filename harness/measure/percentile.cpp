// SPDX-License-Identifier: Apache-2.0
#include "measure/percentile.hpp"

#include <algorithm>
#include <cmath>

namespace wandrill {

std::optional<Nanos> percentile(std::vector<Nanos>& values, double percent) {
  if (values.empty()) return std::nullopt;
  const auto count = static_cast<double>(values.size());
  // 99 % of 100 is 99, but 0.99 × 100 is a little more in binary.
  const double rank = std::ceil(percent * count / 100.0 - 1e-9);
  const auto index = static_cast<std::ptrdiff_t>(std::clamp(rank, 1.0, count)) - 1;
  std::nth_element(values.begin(), values.begin() + index, values.end());
  const Nanos found = values[static_cast<std::size_t>(index)];
  if (found == kInfinite) return std::nullopt;
  return found;
}

}  // namespace wandrill
