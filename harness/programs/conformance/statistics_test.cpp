// SPDX-License-Identifier: Apache-2.0
#include "programs/conformance/statistics.hpp"

#include <array>

#include "base/random.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("Quantiles are those of the tables") {
  CHECK(normal_quantile(0.5) == Approx(0.0).margin(1e-9));
  CHECK(normal_quantile(0.975) == Approx(1.959963985));
  CHECK(normal_quantile(0.001) == Approx(-3.090232306));
  CHECK(deviations_for(0.05) == Approx(1.959963985));
  CHECK(chi_square_limit(10, 0.05) == Approx(18.307).epsilon(0.005));
  CHECK(chi_square_limit(5, 0.001) == Approx(20.515).epsilon(0.02));
}

TEST_CASE("A share has Wilson's interval") {
  const auto interval = share_interval(10, 100, 0.05);
  CHECK(interval.value == 0.1);
  CHECK(interval.low == Approx(0.0552).epsilon(0.002));
  CHECK(interval.high == Approx(0.1744).epsilon(0.002));
  const auto wide = share_interval(10, 100, 0.05, 4.0);
  CHECK(wide.high - wide.low > 1.8 * (interval.high - interval.low));
}

TEST_CASE("So many trials tell an error of a fifth from none as often as promised") {
  constexpr double kShare = 0.25;
  const auto needed = static_cast<int>(trials_needed(kShare, 0.2, 1e-3, 0.99));
  const auto caught = [&](double true_share) {
    int count = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      Random random{seed};
      double hits = 0;
      for (int i = 0; i < needed; ++i)
        hits += random.uniform() < true_share ? 1 : 0;
      count += share_interval(hits, needed, 1e-3).holds(kShare) ? 0 : 1;
    }
    return count;
  };
  CHECK(caught(kShare) <= 2);
  CHECK(caught(kShare * 1.2) >= 56);
  CHECK(caught(kShare * 0.8) >= 56);
}

TEST_CASE("Counts as expected have a small chi-square, others a large one") {
  const std::array expected{100.0, 100.0, 100.0};
  CHECK(chi_square(std::array{100.0, 100.0, 100.0}, expected) == 0.0);
  CHECK(chi_square(std::array{110.0, 100.0, 90.0}, expected) == Approx(2.0));
  CHECK(chi_square(std::array{150.0, 100.0, 50.0}, expected) > chi_square_limit(2, 1e-6));
}

TEST_CASE("A mean run length has the spread of a geometric distribution") {
  const auto interval = run_length_interval(4.0, 1200, 0.05);
  CHECK(interval.high - 4.0 == Approx(1.96 * 0.1).epsilon(0.001));
}
