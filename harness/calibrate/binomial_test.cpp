// SPDX-License-Identifier: Apache-2.0
#include "calibrate/binomial.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("The interval of a small binomial distribution is that of its table", "[calibrate]") {
  // n = 10, p = 0.5: P(X <= 1) = 0.0107, P(X <= 2) = 0.0547 (any table of the distribution).
  const auto interval = binomial_interval(10, 0.5, 0.05);
  CHECK(interval.low == 2);
  CHECK(interval.high == 8);
}

TEST_CASE("The interval of many trials is that of the normal distribution", "[calibrate]") {
  // 2000 of 100000, standard deviation 44.3; 99.9 %: 3.29 of them.
  const auto interval = binomial_interval(100'000, 0.02, 0.001);
  CHECK(interval.low >= 1850);
  CHECK(interval.low <= 1858);
  CHECK(interval.high >= 2144);
  CHECK(interval.high <= 2152);
  CHECK(interval.contains(2000));
  CHECK_FALSE(interval.contains(1840));
  CHECK_FALSE(interval.contains(2160));
}

TEST_CASE("What is certain leaves nothing to chance", "[calibrate]") {
  CHECK(binomial_interval(50, 0, 0.001).high == 0);
  CHECK(binomial_interval(50, 1, 0.001).low == 50);
  CHECK(binomial_interval(0, 0.5, 0.001).contains(0));
}
