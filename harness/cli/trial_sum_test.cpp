// SPDX-License-Identifier: Apache-2.0
#include "cli/trial_sum.hpp"

#include "base/testing/catch.hpp"
#include "cli/testing/live_heap.hpp"
#include "cli/testing/made_up_trial.hpp"

namespace wandrill {
namespace {

TrialSum sum_of(int trials) {
  TrialSum sum;
  for (int number = 1; number <= trials; ++number)
    sum.add(testing::made_up_trial(number));
  return sum;
}

}  // namespace

TEST_CASE("The sum of trials is the worst trial's result, and lists each") {
  const auto result = sum_of(10).result("runs/made-up");
  CHECK(result.plan.trial == 7);
  CHECK(result.run.folder == "runs/made-up");
  const auto& trials = result.document.at("trials");
  REQUIRE(trials.size() == 10);
  CHECK(trials[2].at("trial") == 3);
  CHECK(trials[2].at("seed") == 3);
  CHECK(trials[2].at("folder").get<std::string>().ends_with("trial-003"));
  CHECK(result.document.at("trial_ranges").size() == result.measurements.metrics.size());
}

TEST_CASE("Of trials alike the first stands for all") {
  TrialSum sum;
  for (const int seed : {5, 6}) {
    auto trial = testing::made_up_trial(1);
    trial.plan.seed = static_cast<std::uint64_t>(seed);
    sum.add(std::move(trial));
  }
  CHECK(sum.result("runs/made-up").plan.seed == 5);
}

TEST_CASE("Of a thousand trials a line and a number per metric are kept for each") {
  const auto start = testing::live_heap_bytes();
  const auto whole = testing::made_up_trial(1);
  const auto one = testing::live_heap_bytes() - start;
  TrialSum sum;
  for (int number = 1; number <= 10; ++number)
    sum.add(testing::made_up_trial(number));
  const auto of_ten = testing::live_heap_bytes() - start - one;
  for (int number = 11; number <= 1000; ++number) {
    auto trial = whole;
    trial.plan.trial = number;
    sum.add(std::move(trial));
  }
  const auto of_thousand = testing::live_heap_bytes() - start - one;
  constexpr std::size_t kLine = 512;
  // A growing array may hold twice as many as are in it.
  const auto numbers = 2 * sizeof(double) * whole.measurements.metrics.size();
  INFO("a whole trial " << one << ", ten " << of_ten << ", a thousand " << of_thousand);
  CHECK(of_ten < 3 * one);
  CHECK(of_thousand - of_ten < 990 * (kLine + numbers));
  CHECK(of_thousand - of_ten < 990 * one / 10);
}

}  // namespace wandrill
