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

std::vector<TrialRange> summed_up(const std::vector<std::optional<double>>& gaps) {
  TrialRanges trials;
  for (const auto& gap : gaps)
    trials.add(trial(gap));
  return trials.ranges();
}

}  // namespace

TEST_CASE("Trials are summed up by their least, their middle and their greatest value") {
  const auto ranges = summed_up({1.7, 0.4, 1.1});
  REQUIRE(ranges.size() == 1);
  CHECK(ranges[0].metric == "call.up.longest_gap");
  CHECK(ranges[0].unit == MetricUnit::kSeconds);
  CHECK(ranges[0].min == 0.4);
  CHECK(ranges[0].median == 1.1);
  CHECK(ranges[0].max == 1.7);
  CHECK(ranges[0].count == 3);
}

TEST_CASE("A trial without a value is larger than all others") {
  const auto ranges = summed_up({1.7, std::nullopt, std::nullopt});
  CHECK(ranges.at(0).min == 1.7);
  CHECK_FALSE(ranges[0].median);
  CHECK_FALSE(ranges[0].max);
  CHECK(ranges[0].count == 1);
  CHECK(summed_up({}).empty());
}

TEST_CASE("A metric that a trial does not have is one without a value there") {
  TrialRanges trials;
  trials.add({});
  trials.add(trial(0.5));
  trials.add({});
  const auto ranges = trials.ranges();
  REQUIRE(ranges.size() == 1);
  CHECK(ranges[0].min == 0.5);
  CHECK_FALSE(ranges[0].median);
  CHECK(ranges[0].count == 1);
}

}  // namespace wandrill
