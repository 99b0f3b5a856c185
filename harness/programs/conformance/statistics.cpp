// SPDX-License-Identifier: Apache-2.0
#include "programs/conformance/statistics.hpp"

#include <cmath>
#include <cstddef>

namespace wandrill {
namespace {

/// The middle and the lower tail of Acklam's approximation.
double middle(double q) {
  const double r = q * q;
  return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
            1.383577518672690e+02) *
               r -
           3.066479806614716e+01) *
              r +
          2.506628277459239e+00) *
         q /
         (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
            6.680131188771972e+01) *
               r -
           1.328068155288572e+01) *
              r +
          1.0);
}

double lower_tail(double probability) {
  const double q = std::sqrt(-2.0 * std::log(probability));
  return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q -
            2.549732539343734e+00) *
               q +
           4.374664141464968e+00) *
              q +
          2.938163982698783e+00) /
         ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q +
           3.754408661907416e+00) *
              q +
          1.0);
}

}  // namespace

double normal_quantile(double probability) {
  constexpr double kTail = 0.02425;
  if (probability < kTail) return lower_tail(probability);
  if (probability > 1.0 - kTail) return -lower_tail(1.0 - probability);
  return middle(probability - 0.5);
}

double deviations_for(double alpha) {
  return -normal_quantile(alpha / 2.0);
}

Interval share_interval(double hits, double count, double alpha, double inflation) {
  const double share = hits / count;
  const double effective = count / inflation;
  const double z = deviations_for(alpha);
  const double shrink = 1.0 + z * z / effective;
  const double centre = (share + z * z / (2.0 * effective)) / shrink;
  const double half =
      z / shrink *
      std::sqrt(share * (1.0 - share) / effective + z * z / (4.0 * effective * effective));
  return {.low = centre - half, .value = share, .high = centre + half};
}

Interval run_length_interval(double mean, double runs, double alpha) {
  // The mean of 1/r has the variance (1 - r) / r^2 per run: mean * (mean - 1).
  const double half = deviations_for(alpha) * std::sqrt(mean * (mean - 1.0) / runs);
  return {.low = mean - half, .value = mean, .high = mean + half};
}

double chi_square_limit(int degrees, double alpha) {
  const double k = degrees;
  const double root = 1.0 - 2.0 / (9.0 * k) - normal_quantile(alpha) * std::sqrt(2.0 / (9.0 * k));
  return k * root * root * root;
}

double chi_square(std::span<const double> observed, std::span<const double> expected) {
  double sum = 0.0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double off = observed[i] - expected[i];
    sum += off * off / expected[i];
  }
  return sum;
}

double trials_needed(double share, double relative_error, double alpha, double power) {
  const double apart = deviations_for(alpha) + normal_quantile(power);
  const double off = share * relative_error;
  // Both at the wider of the two spreads.
  const double wide = share * (1.0 + relative_error);
  return std::ceil(apart * apart * wide * (1.0 - share) / (off * off));
}

}  // namespace wandrill
