// SPDX-License-Identifier: Apache-2.0
#include "measure/index/percentile.hpp"

#include <numeric>
#include <random>

#include "base/testing/catch.hpp"
#include "measure/index/streamed_percentiles.hpp"

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

TEST_CASE("Percentiles of a stream are those of its sorted values") {
  std::mt19937 random{7};
  std::vector<std::int32_t> values{INT32_MIN, INT32_MAX, -1, 0, 0, 1};
  for (int i = 0; i < 2000; ++i)
    values.push_back(static_cast<std::int32_t>(random()) >> (i % 31));
  const auto visit = [&](const auto& take) { std::ranges::for_each(values, take); };
  const std::vector<double> percents{0, 1, 50, 99, 100};
  const auto found = streamed_percentiles(visit, percents);
  std::vector<Nanos> sample;
  for (const auto value : values)
    sample.emplace_back(value);
  for (std::size_t i = 0; i < percents.size(); ++i)
    CHECK(Nanos{found[i].value()} == percentile(sample, percents[i]));
  values.clear();
  CHECK_FALSE(streamed_percentiles(visit, {50})[0]);
}

}  // namespace wandrill
