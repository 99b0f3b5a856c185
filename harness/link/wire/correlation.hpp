// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "base/random.hpp"

namespace wandrill {

/// A random sequence of which each value leans on the one before, as netem's: x(n) = (1 - c) u(n) +
/// c x(n - 1), with u uniform in [0, 1).
class CorrelatedDraw {
 public:
  CorrelatedDraw() = default;
  /// `correlation` from 0 to below 1.
  CorrelatedDraw(double correlation, std::uint64_t seed);
  /// From 0 to 1.
  double next();

 private:
  double correlation_ = 0.0;
  Random random_{0};
  double last_ = 0.0;
};

/// How the values of a CorrelatedDraw are distributed in the long run: no longer uniform, but drawn
/// to the middle. With it, a threshold can be found below which the wanted share of them is.
class StationaryShare {
 public:
  explicit StationaryShare(double correlation);
  /// The share of values that are at most `value`.
  [[nodiscard]] double at_most(double value) const;
  /// The value that a share of them does not exceed: the inverse of at_most().
  [[nodiscard]] double threshold(double share) const;

 private:
  std::vector<double> share_;  ///< At equal distances from 0 to 1; empty: uniform.
};

}  // namespace wandrill
