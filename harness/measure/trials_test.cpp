// SPDX-License-Identifier: Apache-2.0
#include "measure/trials.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

Measurements trial(std::optional<double> gap) {
  Measurements measured;
  measured.metrics["call.up.longest_gap"] = {.value = gap, .unit = MetricUnit::kSeconds};
  return measured;
}

}  // namespace

TEST_CASE("Trials are summed up by their least, their middle and their greatest value") {
  const auto ranges = summarise_trials({trial(1.7), trial(0.4), trial(1.1)});
  REQUIRE(ranges.size() == 1);
  CHECK(ranges[0].metric == "call.up.longest_gap");
  CHECK(ranges[0].unit == MetricUnit::kSeconds);
  CHECK(ranges[0].min == 0.4);
  CHECK(ranges[0].median == 1.1);
  CHECK(ranges[0].max == 1.7);
  CHECK(ranges[0].count == 3);
}

TEST_CASE("A trial without a value is larger than all others") {
  const auto ranges = summarise_trials({trial(1.7), trial(std::nullopt), trial(std::nullopt)});
  CHECK(ranges.at(0).min == 1.7);
  CHECK_FALSE(ranges[0].median);
  CHECK_FALSE(ranges[0].max);
  CHECK(ranges[0].count == 1);
  CHECK(summarise_trials({}).empty());
}

}  // namespace wandrill
