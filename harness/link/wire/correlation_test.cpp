// SPDX-License-Identifier: Apache-2.0
#include "link/wire/correlation.hpp"

#include <cmath>

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("Without correlation the values are uniform") {
  const StationaryShare share{0.0};
  CHECK(share.at_most(0.3) == 0.3);
  CHECK(share.threshold(0.7) == 0.7);
}

TEST_CASE("The threshold of a share is where the long run has that share") {
  for (const double correlation : {0.1, 0.5, 0.9})
    for (const double share : {0.01, 0.1, 0.5, 0.99}) {
      const StationaryShare stationary{correlation};
      const double threshold = stationary.threshold(share);
      CAPTURE(correlation, share, threshold);
      CHECK(stationary.at_most(threshold) == Approx(share));
      CorrelatedDraw draw{correlation, 11};
      constexpr int kDraws = 40'000;
      double below = 0;
      for (int i = 0; i < kDraws; ++i)
        below += draw.next() <= threshold ? 1 : 0;
      const double deviation =
          std::sqrt(share * (1.0 - share) / kDraws * (1.0 + correlation) / (1.0 - correlation));
      CHECK(std::abs(below / kDraws - share) < 4.5 * deviation);
    }
}

TEST_CASE("Each value leans on the one before by as much as asked") {
  CorrelatedDraw draw{0.5, 5};
  double product = 0;
  double square = 0;
  double last = draw.next() - 0.5;
  for (int i = 0; i < 100'000; ++i) {
    const double value = draw.next() - 0.5;
    product += value * last;
    square += value * value;
    last = value;
  }
  CHECK(std::abs(product / square - 0.5) < 0.01);
}
