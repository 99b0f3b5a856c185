// SPDX-License-Identifier: Apache-2.0
#include "link/wire/correlation.hpp"

#include <algorithm>
#include <cmath>

namespace wandrill {
namespace {

constexpr std::size_t kCells = 1024;
constexpr int kMostRounds = 200;
constexpr double kExactEnough = 1e-8;

/// The integral of a distribution function from minus infinity to x: 0 below 0, slope 1 above 1.
double integral_to(const std::vector<double>& sums, const std::vector<double>& share, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return sums.back() + x - 1.0;
  const double place = x * kCells;
  const auto cell = std::min(static_cast<std::size_t>(place), kCells - 1);
  const double part = place - static_cast<double>(cell);
  const double end = share[cell] + part * (share[cell + 1] - share[cell]);
  return sums[cell] + part * (share[cell] + end) / 2.0 / kCells;
}

/// One step of the sequence, seen from its distribution: F(x) becomes the mean of F((x - (1 - c) u)
/// / c) over u. Returns how far the furthest point moved.
double step(std::vector<double>& share, double c) {
  std::vector<double> sums(kCells + 1);
  for (std::size_t i = 0; i < kCells; ++i)
    sums[i + 1] = sums[i] + (share[i] + share[i + 1]) / 2.0 / kCells;
  double furthest = 0.0;
  std::vector<double> next(kCells + 1);
  for (std::size_t i = 0; i <= kCells; ++i) {
    const double x = static_cast<double>(i) / kCells;
    const double area =
        integral_to(sums, share, x / c) - integral_to(sums, share, (x - 1.0 + c) / c);
    next[i] = std::clamp(area * c / (1.0 - c), 0.0, 1.0);
    furthest = std::max(furthest, std::abs(next[i] - share[i]));
  }
  share = std::move(next);
  return furthest;
}

}  // namespace

CorrelatedDraw::CorrelatedDraw(double correlation, std::uint64_t seed)
    : correlation_{correlation}, random_{seed}, last_{random_.uniform()} {}

double CorrelatedDraw::next() {
  last_ = (1.0 - correlation_) * random_.uniform() + correlation_ * last_;
  return last_;
}

StationaryShare::StationaryShare(double correlation) {
  if (correlation <= 0.0) return;
  share_.resize(kCells + 1);
  for (std::size_t i = 0; i <= kCells; ++i)
    share_[i] = static_cast<double>(i) / kCells;
  for (int round = 0; round < kMostRounds && step(share_, correlation) > kExactEnough; ++round) {
  }
}

double StationaryShare::at_most(double value) const {
  const double x = std::clamp(value, 0.0, 1.0);
  if (share_.empty()) return x;
  const auto cell = std::min(static_cast<std::size_t>(x * kCells), kCells - 1);
  const double part = x * kCells - static_cast<double>(cell);
  return share_[cell] + part * (share_[cell + 1] - share_[cell]);
}

double StationaryShare::threshold(double share) const {
  if (share_.empty() || share <= 0.0 || share >= 1.0) return std::clamp(share, 0.0, 1.0);
  const auto above = std::ranges::upper_bound(share_, share);
  if (above == share_.end()) return 1.0;
  if (above == share_.begin()) return 0.0;
  const double low = *(above - 1);
  const double part = *above > low ? (share - low) / (*above - low) : 0.0;
  return (static_cast<double>(above - 1 - share_.begin()) + part) / kCells;
}

}  // namespace wandrill
