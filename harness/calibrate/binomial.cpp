// SPDX-License-Identifier: Apache-2.0
#include "calibrate/binomial.hpp"

#include <cmath>

namespace wandrill {
namespace {

double probability_of(std::uint64_t count, std::uint64_t trials, double probability) {
  const auto n = static_cast<double>(trials);
  const auto k = static_cast<double>(count);
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                  k * std::log(probability) + (n - k) * std::log1p(-probability));
}

}  // namespace

EventInterval binomial_interval(std::uint64_t trials, double probability, double outside) {
  if (probability <= 0) return {0, 0};
  if (probability >= 1) return {trials, trials};
  EventInterval interval{0, trials};
  double below = 0;
  for (std::uint64_t count = 0; count <= trials; ++count) {
    const double up_to = below + probability_of(count, trials, probability);
    if (below < outside / 2) interval.low = count;
    interval.high = count;
    if (up_to >= 1 - outside / 2) break;
    below = up_to;
  }
  return interval;
}

}  // namespace wandrill
