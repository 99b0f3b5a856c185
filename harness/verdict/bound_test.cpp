// SPDX-License-Identifier: Apache-2.0
#include "verdict/bound.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

const MetricExpectation kTwoSeconds{.metric = "call.up.longest_gap", .at_most = 2.0};

Measured time(double value, double accuracy = 0.005, double tester_share = 0.0) {
  return {.value = value,
          .unit = MetricUnit::kSeconds,
          .accuracy = accuracy,
          .tester_share = tester_share};
}

}  // namespace

TEST_CASE("A value below its bound passes") {
  const auto [outcome, reason] = judge_value(time(1.02), kTwoSeconds, {});
  CHECK(outcome == Outcome::kPass);
  CHECK(reason == "1.02 s holds <= 2 s.");
}

TEST_CASE("A value within its accuracy of the bound passes and says so") {
  const auto [outcome, reason] = judge_value(time(2.015, 0.02), kTwoSeconds, {});
  CHECK(outcome == Outcome::kPass);
  CHECK(reason == "2.02 s is within its accuracy (± 20 ms) of <= 2 s.");
}

TEST_CASE("A gap that a stall may explain is inconclusive") {
  const auto [outcome, reason] = judge_value(time(2.02, 0.005, 0.03), kTwoSeconds, {});
  CHECK(outcome == Outcome::kInconclusive);
  CHECK(reason == "2.02 s breaks <= 2 s, but the tester itself may have caused 30 ms of it.");
}

TEST_CASE("An outage far longer than its stall fails") {
  CHECK(judge_value(time(8, 0.005, 0.03), kTwoSeconds, {}).outcome == Outcome::kFail);
}

TEST_CASE("What never happened breaks a bound") {
  const Measured never{.unit = MetricUnit::kSeconds, .note = "there was no failover"};
  const auto [outcome, reason] = judge_value(never, kTwoSeconds, {});
  CHECK(outcome == Outcome::kFail);
  CHECK(reason == "It never happened: there was no failover.");
  CHECK(judge_value(never, kTwoSeconds, {.tester_overloaded = true}).outcome ==
        Outcome::kInconclusive);
}

TEST_CASE("A tester noisier than the bound can prove nothing") {
  const MetricExpectation tight{.metric = "failover.detection_time", .at_most = 0.01};
  CHECK(judge_value(time(0.005), tight, {.noise = 0.02}).outcome == Outcome::kInconclusive);
  CHECK(judge_value(time(0.005), tight, {.noise = 0.002}).outcome == Outcome::kPass);
}

TEST_CASE("A packet interval wider than the bound does not make it inconclusive") {
  const MetricExpectation tight{.metric = "call.up.longest_gap", .at_most = 0.01};
  CHECK(judge_value(time(0.0, 0.02), tight, {.noise = 0.0001}).outcome == Outcome::kPass);
  CHECK(judge_value(time(0.04, 0.02), tight, {.noise = 0.0001}).outcome == Outcome::kFail);
}

TEST_CASE("Counts are exact, and bounds may lie on both sides") {
  const MetricExpectation one{.metric = "router.switches", .equals = 1.0};
  CHECK(judge_value({.value = 1.0}, one, {}).outcome == Outcome::kPass);
  CHECK(judge_value({.value = 2.0}, one, {}).outcome == Outcome::kFail);
  CHECK(judge_value({.value = 0.0}, one, {}).outcome == Outcome::kFail);
  const MetricExpectation range{.metric = "x", .at_most = 3.0, .at_least = 1.0};
  CHECK(bound_text(range, MetricUnit::kCount) == "<= 3 and >= 1");
  CHECK(judge_value({.value = 0.0}, range, {}).outcome == Outcome::kFail);
  CHECK(judge_value({.value = 3.0}, range, {}).outcome == Outcome::kPass);
}

TEST_CASE("Switches that a stall may have caused are the tester's share") {
  const MetricExpectation none{.metric = "router.false_failovers", .at_most = 0.0};
  CHECK(judge_value({.value = 1.0, .tester_share = 1.0}, none, {}).outcome ==
        Outcome::kInconclusive);
  CHECK(judge_value({.value = 2.0, .tester_share = 1.0}, none, {}).outcome == Outcome::kFail);
}

TEST_CASE("A number that nothing was tried for is nobody's fault and no proof") {
  const Measured untried{.note = "no call was placed", .untried = true};
  const auto [outcome, reason] = judge_value(untried, kTwoSeconds, {});
  CHECK(outcome == Outcome::kInconclusive);
  CHECK(reason == "There is nothing to judge: no call was placed.");
}

}  // namespace wandrill
