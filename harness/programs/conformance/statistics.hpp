// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

namespace wandrill {

/// A measured value with the bounds between which the true one is, at some confidence.
struct Interval {
  double low = 0.0;
  double value = 0.0;
  double high = 0.0;

  [[nodiscard]] bool holds(double wanted) const noexcept { return low <= wanted && wanted <= high; }
};

/// What a standard normal value does not exceed with this probability (Acklam's rational
/// approximation, relative error below 1.2e-9).
double normal_quantile(double probability);
/// How many standard deviations a sound engine exceeds, to either side, with chance `alpha`.
double deviations_for(double alpha);

/// The share of `hits` among `count` trials. `inflation`: of the variance, where trials hang
/// together; 1 for independent ones. Wilson's score interval.
Interval share_interval(double hits, double count, double alpha, double inflation = 1.0);
/// The mean of a geometric distribution (of run lengths, from 1) of which `runs` were seen.
Interval run_length_interval(double mean, double runs, double alpha);
/// Where the value of a chi-square distribution with this many degrees of freedom is exceeded with
/// chance `alpha` (Wilson and Hilferty's cube root).
double chi_square_limit(int degrees, double alpha);
/// The sum of squared deviations over the expectation; both spans are as long.
double chi_square(std::span<const double> observed, std::span<const double> expected);

/// Trials needed for a share that is off by this relative error to be told apart, with chance
/// `power`, by an interval of `alpha`.
double trials_needed(double share, double relative_error, double alpha, double power);

}  // namespace wandrill
