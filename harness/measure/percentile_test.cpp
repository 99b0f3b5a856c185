// SPDX-License-Identifier: Apache-2.0
#include "measure/percentile.hpp"

#include <numeric>

#include "base/testing/catch.hpp"

namespace wandrill {

TEST_CASE("A lost packet's delay is infinite, and the median is by nearest rank") {
  std::vector<Nanos> values{Nanos{100}, Nanos{110}, kInfinite, Nanos{90}, Nanos{500}};
  CHECK(percentile(values, 50) == Nanos{110});
  CHECK(percentile(values, 80) == Nanos{500});
  CHECK_FALSE(percentile(values, 99));
}

TEST_CASE("Percentiles are members of their sample") {
  std::vector<Nanos> values(100);
  std::iota(values.begin(), values.end(), Nanos{1});
  CHECK(percentile(values, 99) == Nanos{99});
  CHECK(percentile(values, 100) == Nanos{100});
  CHECK(percentile(values, 1) == Nanos{1});
  CHECK(percentile(values, 0) == Nanos{1});
  CHECK(percentile(values, 50.5) == Nanos{51});
}

TEST_CASE("Nothing has no percentile") {
  std::vector<Nanos> none;
  CHECK_FALSE(percentile(none, 50));
}

}  // namespace wandrill
