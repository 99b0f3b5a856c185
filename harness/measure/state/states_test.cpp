// SPDX-License-Identifier: Apache-2.0
#include "measure/state/states.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

ExpectationPlan egress(const std::string& wan, const std::string& after, Nanos lasting) {
  return {.what = StateExpectation{.state = {.kind = Condition::Kind::kEgress, .wan = wan},
                                   .after = after,
                                   .within = 2s,
                                   .lasting = lasting}};
}

ExpectationPlan flowing(const std::string& session, const std::string& after, Nanos lasting) {
  return {.what = StateExpectation{.state = {.kind = Condition::Kind::kFlowing, .session = session},
                                   .after = after,
                                   .within = 2s,
                                   .lasting = lasting}};
}

/// A call and IPv6 beside it: cut at 5 s, both on wan_b at 6 s, back on wan_a at 13 s.
RunBuilder two_families() {
  RunBuilder run;
  run.session("call", 20ms)
      .session("six", 20ms, TrafficKind::kProbe, Family::kIpv6)
      .cut("wan_a", 5s, 10s);
  return run;
}

const StateObservation& only(const Measurements& measured) {
  REQUIRE(measured.states.size() == 1);
  return measured.states.front();
}

double reached(const Measurements& measured) {
  INFO(only(measured).detail);
  REQUIRE(only(measured).reached);
  return std::chrono::duration<double>(*only(measured).reached).count();
}

}  // namespace

TEST_CASE("Egress is reached when every session leaves by the WAN, and stays there") {
  auto run = two_families().move("wan_b", 6s).move("wan_a", 13s).end(20s);
  CHECK(reached(run.expect(egress("wan_b", "cut", 2s)).measurements()) ==
        Approx(1.001).margin(1e-6));
}

TEST_CASE("Egress is not reached before the last session follows") {
  auto run = two_families().move("wan_b", 6s, "call").move("wan_b", 7s, "six").end(20s);
  CHECK(reached(run.expect(egress("wan_b", "cut", 2s)).measurements()) ==
        Approx(2.001).margin(1e-6));
}

TEST_CASE("Egress is never reached while one session stays behind, and it is named") {
  auto run = two_families().move("wan_b", 6s, "call").end(20s);
  const auto measured = run.expect(egress("wan_b", "cut", 2s)).measurements();
  CHECK_FALSE(only(measured).reached);
  CHECK(only(measured).detail == "six.up went on leaving by wan_a");
}

TEST_CASE("Egress that does not last counts from when it does") {
  auto run = two_families().move("wan_b", 6s).move("wan_a", 6500ms).move("wan_b", 8s).end(20s);
  CHECK(reached(run.expect(egress("wan_b", "cut", 2s)).measurements()) ==
        Approx(3.001).margin(1e-6));
}

TEST_CASE("Egress by the WAN in use is reached at once") {
  auto run = two_families().move("wan_b", 6s).end(20s);
  CHECK(reached(run.expect(egress("wan_a", "start", 1s)).measurements()) ==
        Approx(0.0).margin(0.002));
}

TEST_CASE("Egress that the run's end cut short is not reached") {
  auto run = two_families().move("wan_b", 6s).end(7s);
  const auto measured = run.expect(egress("wan_b", "cut", 2s)).measurements();
  CHECK_FALSE(only(measured).reached);
}

TEST_CASE("Flowing is reached when the last of the session's flows recovers") {
  auto run = two_families().move("wan_b", 6s).lose("call.down", 6s, 7s).end(20s);
  CHECK(reached(run.expect(flowing("call", "cut", 1s)).measurements()) == Approx(2.0));
}

TEST_CASE("Flowing is never reached by a flow that stays dark") {
  auto run = two_families().move("wan_b", 6s).lose("call.down", 6s, 20s).end(20s);
  const auto measured = run.expect(flowing("call", "cut", 1s)).measurements();
  CHECK_FALSE(only(measured).reached);
  CHECK(only(measured).detail == "call.down never came back");
}

TEST_CASE("A state is observed after every event of its label") {
  RunBuilder run;
  run.session("call", 20ms)
      .event(LogEvent{.at = RunInstant{2500ms}, .line = "switch to wan_b"})
      .event(LogEvent{.at = RunInstant{7s}, .line = "switch to wan_a"})
      .event(CommandEvent{RunInstant{2s}, "go", "go", "failover", 0})
      .event(CommandEvent{RunInstant{6s}, "go#2", "go", "failover", 0})
      .expect({.what = StateExpectation{
                   .state = {.kind = Condition::Kind::kLog, .pattern = "switch to"},
                   .after = "go",
                   .within = 2s}});
  const auto measured = run.end(10s).measurements();
  REQUIRE(measured.states.size() == 2);
  CHECK(*measured.states[0].reached == 500ms);
  CHECK(measured.states[1].after_id == "go#2");
  CHECK(*measured.states[1].reached == 1s);
}

TEST_CASE("What the router says of a fault before the kernel has told us of it answers the fault") {
  const auto said = [](Nanos at, Condition::Kind kind) {
    RunBuilder run;
    run.session("call", 20ms).cut("wan_a", 5s, 8s).move("wan_b", 5s);
    run.event(FaultEvent{.at = RunInstant{4990ms},
                         .instant = "requested",
                         .id = "cut",
                         .label = "cut",
                         .wan = "wan_a"});
    run.event(AlertEvent{.at = RunInstant{at}, .text = "wan_a is down"});
    run.event(LogEvent{.at = RunInstant{at}, .line = "wan_a is down"});
    run.expect({.what = StateExpectation{
                    .state = {.kind = kind, .pattern = "is down"}, .after = "cut", .within = 1s}});
    return run.end(10s).measurements();
  };
  for (const auto kind : {Condition::Kind::kAlert, Condition::Kind::kLog}) {
    CHECK(only(said(4995ms, kind)).reached == 0ns);
    CHECK(only(said(5100ms, kind)).reached == 100ms);
    CHECK_FALSE(only(said(4980ms, kind)).reached);
  }
}

TEST_CASE("An alert may have to be told in one of several ways") {
  const auto reached_by = [](const std::string& channel) {
    RunBuilder run;
    run.session("call", 20ms).cut("wan_a", 5s, 8s).move("wan_b", 5s);
    run.event(AlertEvent{.at = RunInstant{5100ms}, .channel = "syslog", .text = "wan_a is down"});
    run.event(
        AlertEvent{.at = RunInstant{5200ms}, .channel = "snmp_trap", .text = "wan_a is down"});
    run.expect(
        {.what = StateExpectation{
             .state = {.kind = Condition::Kind::kAlert, .pattern = "is down", .channel = channel},
             .after = "cut",
             .within = 1s}});
    return only(run.end(10s).measurements()).reached;
  };
  CHECK(reached_by("") == 100ms);
  CHECK(reached_by("snmp_trap") == 200ms);
  CHECK_FALSE(reached_by("webhook"));
}

TEST_CASE("Gates are told with how they ended; only the first one's failure is an error") {
  RunBuilder run;
  run.session("call", 20ms)
      .event(GateEvent{RunInstant{4s}, "egress by wan_b", false, "not within 3s"})
      .event(GateEvent{RunInstant{9s}, "steady_after", true, "no loss for 1s"});
  auto measured = run.end(10s).measurements();
  REQUIRE(measured.gates.size() == 2);
  CHECK(measured.gate_failure == "egress by wan_b: not within 3s");
  CHECK_FALSE(measured.gate_failure_is_error);

  run.event(GateEvent{RunInstant{0s}, "steady_before", false, "call.up was not without loss"});
  measured = run.measurements();
  CHECK(measured.gate_failure_is_error);
}

TEST_CASE("A gate that was met only while the wait was stretched blames nobody") {
  RunBuilder run;
  run.session("call", 20ms)
      .event(GateEvent{RunInstant{4s}, "steady_after", false, "no loss for 5s, after 22s", true})
      .event(GateEvent{RunInstant{9s}, "steady_after", false, "call.up was not without loss"});
  const auto measured = run.end(10s).measurements();
  REQUIRE(measured.gates.size() == 2);
  CHECK(measured.gates[0].tester_overloaded);
  CHECK_FALSE(measured.gates[1].tester_overloaded);
}

}  // namespace wandrill
