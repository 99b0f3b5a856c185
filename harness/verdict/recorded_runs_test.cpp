// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"
#include "verdict/verdict.hpp"

// From packets to the verdict: whole made-up recordings, measured and judged.

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

ExpectationPlan at_most(const std::string& metric, double bound) {
  return {.text = metric, .what = MetricExpectation{.metric = metric, .at_most = bound}};
}

/// A call and a 5 ms probe; wan_a is cut from 5 s to 13 s; nothing may be dark for 2 s.
RunBuilder drill() {
  RunBuilder run;
  run.session("call", 20ms)
      .session("ruler", 5ms, TrafficKind::kProbe)
      .cut("wan_a", 5s, 13s)
      .expect(at_most("ruler.up.longest_gap", 2.0))
      .expect(at_most("failover.first_route_convergence_time", 2.0))
      .expect(at_most("router.switches", 2));
  return run;
}

/// The router moves `after` the cut, and back 3 s after the restore.
RunBuilder moved(RunBuilder run, Nanos after) {
  run.move("wan_b", 5s + after).move("wan_a", 16s).end(22s);
  return run;
}

/// A machine under load: a stall of `length` every `every`.
RunBuilder busy(RunBuilder run, Nanos every, Nanos length) {
  for (Nanos at{0}; at < 22s; at += every)
    run.stall(at, at + length);
  return run;
}

Verdict judged(const RunBuilder& run) {
  return judge(run.plan(), run.measurements(), {});
}

}  // namespace

TEST_CASE(
    "A recording of a quick router passes, and the sentence says what the call went through") {
  const auto verdict = judged(moved(drill(), 1s));
  CHECK(verdict.outcome == Outcome::kPass);
  CHECK(verdict.sentence.find("1.02 s") != std::string::npos);
  CHECK(verdict.sentence.find("wan_a lost its link") != std::string::npos);
  CHECK(verdict.sentence.find("wan_b") != std::string::npos);
  CHECK(verdict.findings.empty());
}

TEST_CASE("A recording of a router that does not see the fault fails, however busy the machine") {
  CHECK(judged(drill().end(22s)).outcome == Outcome::kFail);
  const auto verdict = judged(busy(drill().end(22s), 100ms, 40ms));
  CHECK(verdict.outcome == Outcome::kFail);
  REQUIRE_FALSE(verdict.findings.empty());
  CHECK(verdict.findings[0].bucket == Finding::Bucket::kImmediateFix);
}

TEST_CASE("An outage of 8 s with one stall fails a bound of 2 s") {
  auto run = drill().stall(6s, 6030ms).end(22s);
  CHECK(judged(run).expectations[0].outcome == Outcome::kFail);
}

TEST_CASE("A gap of 2.02 s with a stall of 30 ms in it is inconclusive, and fails without it") {
  CHECK(judged(moved(drill(), 2015ms)).outcome == Outcome::kFail);
  auto stalled = moved(drill(), 2015ms);
  stalled.stall(6s, 6030ms);
  CHECK(judged(stalled).outcome == Outcome::kInconclusive);
}

TEST_CASE("A slow machine turns no good router into a bad one") {
  // The router needs 1 s; what stalls add to it makes it slower, up to twice as slow when starved.
  for (const auto length : {5ms, 15ms, 30ms, 60ms, 90ms}) {
    const Nanos every = 150ms;
    const auto slower = 1s + 7 * Nanos{length} + (length >= 15ms ? 800ms : 0ms);
    const auto verdict = judged(busy(moved(drill(), slower), every, length));
    INFO(length.count() << " ms: " << verdict.expectations[0].reason);
    CHECK((verdict.outcome == Outcome::kPass || verdict.outcome == Outcome::kInconclusive));
  }
}

TEST_CASE("A switch right after a long stall makes the count of switches inconclusive") {
  auto run = drill();
  run.move("wan_b", 2s).move("wan_a", 3s);
  const auto calm = judged(moved(run, 1s));
  CHECK(calm.expectations[2].outcome == Outcome::kFail);
  run.stall(1900ms, 1960ms);
  CHECK(judged(moved(run, 1s)).expectations[2].outcome == Outcome::kInconclusive);
}

TEST_CASE("An interrupted recording is measured as far as it goes, and judged as interrupted") {
  auto run = drill().move("wan_b", 6s).interrupt(9s);
  const auto measured = run.measurements();
  CHECK(judge(run.plan(), measured, {.interrupted = true}).outcome == Outcome::kInterrupted);
  CHECK(measured.transitions.size() == 1);
}

TEST_CASE("An empty recording of a lab that did not come up is an error") {
  const auto plan = drill().plan();
  const auto verdict = judge(plan, {}, {.error = "create namespace: Operation not permitted"});
  CHECK(verdict.outcome == Outcome::kError);
  CHECK(verdict.reason == "create namespace: Operation not permitted");
}

}  // namespace wandrill
