// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "verdict/testing/made_up_run.hpp"
#include "verdict/verdict.hpp"

namespace wandrill {
namespace {

using testing::at;
using testing::MadeUpRun;
using testing::seconds;

Verdict judged(const MadeUpRun& run, const RunEnd& end = {}) {
  return judge(run.plan, run.measured, end);
}

Measured gap(double value) {
  return {.value = value, .unit = MetricUnit::kSeconds, .accuracy = 0.02};
}

}  // namespace

TEST_CASE("A run that holds everything passes") {
  auto run = MadeUpRun{}.expect_at_most("call.up.longest_gap", 3).fail_over(11);
  run.set("call.up.longest_gap", gap(1.02));
  run.measured.gates = {{.name = "steady_before", .met = true},
                        {.name = "steady_after", .met = true, .detail = "no loss for 5s"}};
  const auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kPass);
  REQUIRE(verdict.expectations.size() == 3);
  CHECK(verdict.expectations[0].place == "test.yaml:7:3");
  CHECK(verdict.expectations[0].bound == "<= 3 s");
  CHECK(verdict.expectations[0].measured == 1.02);
  CHECK(verdict.expectations[1].metric == "router.missed_failovers");
  CHECK(verdict.expectations[2].reason == "No loss for 5s.");
  CHECK(exit_code(verdict.outcome) == 0);
}

TEST_CASE("A drill without its failover is not passed") {
  const auto verdict = judged(MadeUpRun{}.miss());
  CHECK(verdict.outcome == Outcome::kFail);
  REQUIRE(verdict.expectations.size() == 1);
  CHECK(verdict.expectations[0].reason ==
        "wan_a lost its link, and the router kept sending by it.");
  CHECK(exit_code(verdict.outcome) == 1);
}

TEST_CASE("A drill whose faults met no traffic shows nothing of the router") {
  const auto verdict = judged(MadeUpRun{});
  CHECK(verdict.outcome == Outcome::kInconclusive);
  REQUIRE(verdict.expectations.size() == 1);
  CHECK_THAT(verdict.expectations[0].reason,
             Catch::Matchers::StartsWith("No traffic left by a WAN when it was taken away"));
}

TEST_CASE("What failed tells when it was broken; what holds does not") {
  auto run = MadeUpRun{}.expect_at_most("call.up.longest_gap", 3).fail_over(11);
  auto measured = gap(5);
  measured.when = TimeSpan{at(10), at(15)};
  run.set("call.up.longest_gap", measured);
  const auto broken = judged(run).expectations[0].broken;
  REQUIRE(broken);
  CHECK(broken->from == at(10));
  CHECK(broken->until == at(15));
  measured.value = 1.0;
  run.set("call.up.longest_gap", measured);
  CHECK_FALSE(judged(run).expectations[0].broken);
}

TEST_CASE("What no single moment broke is shown by the first transition, and says so") {
  auto run = MadeUpRun{}.expect_at_most("call.up.delay_p50", 0.01).fail_over(11);
  run.set("call.up.delay_p50", {.value = 0.2, .unit = MetricUnit::kSeconds});
  const auto judgement = judged(run).expectations[0];
  CHECK(judgement.outcome == Outcome::kFail);
  REQUIRE(judgement.broken);
  CHECK(judgement.broken->from == at(10));
  CHECK(judgement.broken->until == at(11));
  CHECK(judgement.evidence_note == "it was no single moment's: from the first transition");
}

TEST_CASE("That a WAN is not for somebody is expected without being asked for") {
  auto run = MadeUpRun{}.fail_over(11);
  run.set("router.barred_packets", {.value = 0.0});
  CHECK(judged(run).expectations.size() == 1);
  run.plan.topology.wans[1].not_for = {"guest", "camera"};
  CHECK(judged(run).outcome == Outcome::kPass);
  run.set("router.barred_packets", {.value = 7.0, .note = "on wan_b: UDP"});
  const auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kFail);
  REQUIRE(verdict.expectations.size() == 2);
  CHECK(verdict.expectations[1].text == "nothing of guest and camera leaves by wan_b");
}

TEST_CASE("Traffic that is not steady after the last restore fails the run") {
  auto run = MadeUpRun{}.fail_over(11);
  run.measured.gates = {{.name = "steady_after", .detail = "call.up was not without loss"}};
  CHECK(judged(run).outcome == Outcome::kFail);
  run.measured.gates[0].tester_overloaded = true;
  CHECK(judged(run).outcome == Outcome::kInconclusive);
}

TEST_CASE("A command of the router's that fails, or does not end, fails the run") {
  auto run = MadeUpRun{}.fail_over(11);
  run.measured.gates = {{.name = "command failover", .met = true, .is_command = true},
                        {.name = "command failback", .met = true, .is_command = true}};
  auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kPass);
  CHECK(verdict.expectations.back().metric == "command");
  CHECK(verdict.expectations.back().found == "2 of 2 did");
  run.measured.gates[0] = {.name = "command failover",
                           .detail = "the router's command 'failover' had not ended after 30s",
                           .is_command = true};
  verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kFail);
  CHECK(verdict.expectations.back().found == "1 of 2 did");
  CHECK(verdict.expectations.back().reason ==
        "The router's command 'failover' had not ended after 30s; router.log has what it wrote.");
  run.measured.gates[1].met = false;
  CHECK(judged(run).expectations.back().reason.ends_with("It was the first of 2."));
  run.measured.gates[0].tester_overloaded = true;
  run.measured.gates.pop_back();
  CHECK(judged(run).outcome == Outcome::kInconclusive);
}

TEST_CASE("A router that does not outlive the faults fails, whatever else was seen") {
  auto run = MadeUpRun{}.expect_at_most("call.up.longest_gap", 3).fail_over(11);
  run.set("call.up.longest_gap", gap(1.02));
  run.measured.gates = {{.name = "router_died",
                         .detail = "the router's daemon was killed by signal 11 during the run",
                         .stop = Stop::kRouterDied}};
  const auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kFail);
  CHECK(verdict.sentence ==
        "The drill was stopped after 0 ms, because the router's daemon was killed by signal 11 "
        "during the run.");
  CHECK(verdict.expectations.front().outcome == Outcome::kSkipped);
  CHECK(verdict.expectations.back().found == "one died");
}

TEST_CASE("An abort condition fails the run, unless the tester itself was too unwell") {
  auto run = MadeUpRun{}.fail_over(11);
  run.measured.gates = {
      {.name = "abort", .detail = "call receives nothing for 1s", .stop = Stop::kAbort}};
  CHECK(judged(run).outcome == Outcome::kFail);
  CHECK(judged(run).expectations.back().reason == "Call receives nothing for 1s.");
  run.measured.gates[0].tester_overloaded = true;
  CHECK(judged(run).outcome == Outcome::kInconclusive);
}

TEST_CASE("A wait that was not met fails the run") {
  auto run = MadeUpRun{}.fail_over(11);
  run.measured.gates = {{.name = "egress by wan_b", .detail = "not within 10s"}};
  const auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kFail);
  CHECK(verdict.expectations.back().text == "egress by wan_b comes true");
}

TEST_CASE("A failover that the scenario forbids fails the run") {
  auto run = MadeUpRun{}.fail_over(11);
  std::get<FaultAction>(run.plan.timeline.steps[0].action).duty = FailoverDuty::kForbidden;
  run.set("router.false_failovers", {.value = 1.0});
  CHECK(judged(run).outcome == Outcome::kFail);
  run.set("router.false_failovers", {.value = 0.0});
  CHECK(judged(run).outcome == Outcome::kPass);
}

TEST_CASE("A matrix must be the same on every WAN, and must have been compared") {
  auto run = MadeUpRun{}.fail_over(10.5);
  run.add_session("policy", TrafficKind::kMatrix);
  run.set("policy.differences", {.value = 0.0});
  CHECK(judged(run).outcome == Outcome::kPass);
  run.set("policy.differences", {.value = 1.0});
  CHECK(judged(run).outcome == Outcome::kFail);
  run.set("policy.differences", {.note = "traffic left by one WAN only"});
  CHECK(judged(run).outcome == Outcome::kFail);
}

TEST_CASE("A run whose faults did nothing is an error, whatever was measured") {
  auto run = MadeUpRun{}.miss();
  run.measured.unproven_faults = {"cut"};
  const auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kError);
  CHECK(verdict.reason == "No effect of cut could be seen: nothing was tested.");
  CHECK(verdict.expectations[0].outcome == Outcome::kSkipped);
}

TEST_CASE("A lab that was not steady before the first fault is an error") {
  auto run = MadeUpRun{};
  run.measured.gate_failure = "call.up was not without loss";
  run.measured.gate_failure_is_error = true;
  CHECK(judged(run).outcome == Outcome::kError);
  CHECK(judged(run).reason == "call.up was not without loss");
}

TEST_CASE("A missing capability skips an optional scenario and is an error of others") {
  auto run = MadeUpRun{};
  const RunEnd end{.error = "no netem", .missing_capability = "netem"};
  CHECK(judged(run, end).outcome == Outcome::kError);
  run.plan.optional = true;
  const auto verdict = judged(run, end);
  CHECK(verdict.outcome == Outcome::kSkipped);
  CHECK(verdict.reason == "netem");
}

TEST_CASE("An interrupted run keeps what it measured and judges nothing") {
  auto run = MadeUpRun{}
                 .expect_at_most("call.up.longest_gap", 3)
                 .expect_at_most("failover.full_convergence_time", 3)
                 .set("call.up.longest_gap", gap(0.0))
                 .set("failover.full_convergence_time", {.unit = MetricUnit::kSeconds});
  const auto verdict = judged(run, {.interrupted = true});
  CHECK(verdict.outcome == Outcome::kInterrupted);
  CHECK(verdict.sentence == "The run was interrupted after 30.0 s.");
  CHECK(verdict.reason.empty());  // reports show both
  CHECK(judged(run, {.interrupted = true, .in_force = {"cut"}}).reason == "In force then: cut.");
  CHECK(verdict.expectations[0].outcome == Outcome::kSkipped);  // it might have been broken yet
  CHECK(verdict.expectations[0].measured == 0.0);
  CHECK(verdict.expectations[1].outcome == Outcome::kSkipped);
  CHECK(exit_code(verdict.outcome) == 130);
}

TEST_CASE("A state must come true in time after each of its events") {
  auto run = MadeUpRun{}.fail_over(11);
  run.plan.expectations.push_back(
      {.text = "egress by wan_b within 3s after cut",
       .what = StateExpectation{.state = {.kind = Condition::Kind::kEgress, .wan = "wan_b"},
                                .after = "cut",
                                .within = seconds(3)}});
  CHECK(judged(run).outcome == Outcome::kFail);
  CHECK(judged(run).expectations[0].reason == "'cut' never happened.");
  run.measured.states = {{.expectation = 0, .after_id = "cut", .reached = seconds(1)},
                         {.expectation = 0, .after_id = "cut#2", .reached = seconds(2)}};
  CHECK(judged(run).outcome == Outcome::kPass);
  CHECK(judged(run).expectations[0].measured == 2.0);
  run.measured.states.push_back(
      {.expectation = 0, .after_id = "cut#3", .detail = "it stayed on wan_a"});
  const auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kFail);
  CHECK(verdict.expectations[0].reason == "After cut#3: It never happened: it stayed on wan_a.");
  CHECK(verdict.expectations[0].metric == "egress.wan_b.after.cut");
}

TEST_CASE("Every session of a group must have one of the expected fates") {
  auto run = MadeUpRun{}.fail_over(11);
  run.plan.expectations.push_back(
      {.text = "desktop survived or reset",
       .what = FateExpectation{.session = "desktop", .one_of = {"survived", "reset"}}});
  CHECK(judged(run).outcome == Outcome::kFail);
  CHECK(judged(run).expectations[0].found == "no connection");
  run.measured.fates = {{.session = "desktop.1", .fate = "survived"},
                        {.session = "desktop.2", .fate = "reset"}};
  CHECK(judged(run).outcome == Outcome::kPass);
  run.measured.fates.push_back({.session = "desktop.3", .fate = "hung", .detail = "since 10 s"});
  const auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kFail);
  CHECK(verdict.expectations[0].reason == "desktop.3: hung (since 10 s).");
  CHECK(verdict.expectations[0].found == "1 hung, 1 reset, 1 survived");
}

TEST_CASE("A metric that the run does not have breaks its bound") {
  CHECK(judged(MadeUpRun{}.fail_over(11).expect_at_most("failover.3.detection_time", 1)).outcome ==
        Outcome::kFail);
}

TEST_CASE("The worst outcome of several is theirs") {
  CHECK(worst({}) == Outcome::kSkipped);
  CHECK(worst({Outcome::kPass, Outcome::kInconclusive, Outcome::kSkipped}) ==
        Outcome::kInconclusive);
  CHECK(worst({Outcome::kFail, Outcome::kInconclusive}) == Outcome::kFail);
  CHECK(exit_code(Outcome::kInconclusive) == 4);
  CHECK(exit_code(Outcome::kError) == 3);
  CHECK(exit_code(Outcome::kSkipped) == 0);
}

TEST_CASE("The sentence of a failed run is of the leak, not of what the call went through") {
  auto run = MadeUpRun{}.fail_over(10.06).lose("call.up", 10, 0.06);
  run.add_session("between", TrafficKind::kForbidden);
  auto& session = run.plan.traffic.sessions.back();
  session.client.node = "camera";
  session.server.node = "nas";
  run.set("between.arrived", {.value = 3.0});
  run.measured.leaks = {
      {.session = "between", .attempts = 40, .arrived = 3, .first = at(11), .packet = "a packet"}};
  const auto verdict = judged(run);
  CHECK(verdict.outcome == Outcome::kFail);
  CHECK(verdict.sentence ==
        "What policy forbids reached nas from camera: 3 of 40 packets of between, the first at "
        "11.0 s.");
}

TEST_CASE("What the call went through is told when it is the call that failed") {
  auto run = MadeUpRun{}.expect_at_most("call.up.longest_gap", 1).fail_over(12);
  run.lose("call.up", 10, 2).set("call.up.longest_gap", gap(2));
  CHECK(judged(run).sentence ==
        "The call was silent for 2.00 s when wan_a lost its link, then went on over wan_b.");
}

TEST_CASE("When another session than the call failed, the sentence is of that one") {
  auto run = MadeUpRun{}.expect_at_most("desktop.up.longest_gap", 1).fail_over(10.06);
  run.add_session("desktop", TrafficKind::kProbe).set("desktop.up.longest_gap", gap(5));
  CHECK(judged(run).sentence ==
        "It does not hold that desktop.up.longest_gap at most 1: 5.00 s breaks <= 1 s.");
}

}  // namespace wandrill
