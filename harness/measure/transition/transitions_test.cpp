// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/transitions.hpp"

#include "base/testing/catch.hpp"
#include "measure/measure.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

double value(const Measurements& measured, const std::string& name) {
  INFO(name);
  const auto found = measured.metrics.find(name);
  REQUIRE(found != measured.metrics.end());
  REQUIRE(found->second.value);
  return *found->second.value;
}

RunBuilder call() {
  RunBuilder run;
  run.session("call", 20ms);
  return run;
}

LogEvent log_line(Nanos at, const std::string& meaning, const std::string& wan) {
  return {.at = RunInstant{at}, .arrived = RunInstant{at + 3ms}, .meaning = meaning, .wan = wan};
}

NetworkEvent change(Nanos at, const std::string& kind, const std::string& text) {
  return {.at = RunInstant{at}, .node = "router", .kind = kind, .action = "add", .text = text};
}

}  // namespace

TEST_CASE("A switch without a fault is false, and so is one for a fault that forbids it") {
  const auto idle = call().move("wan_b", 5s).move("wan_a", 8s).end(15s).measurements();
  CHECK(value(idle, "router.false_failovers") == 1);
  CHECK(value(idle, "router.failbacks") == 1);
  CHECK(idle.transitions.at(0).cause.empty());
  CHECK_FALSE(idle.metrics.at("failover.first_route_convergence_time").value);

  const auto mild = call()
                        .cut("wan_a", 5s, 10s, "mild", FailoverDuty::kForbidden)
                        .move("wan_b", 6s)
                        .end(15s)
                        .measurements();
  CHECK(value(mild, "router.false_failovers") == 1);
  CHECK(value(mild, "router.missed_failovers") == 0);
}

TEST_CASE("Losses from a fault's request on are its own, however late its effect was seen") {
  auto run = call().cut("wan_a", 5s, 10s).move("wan_b", 6s).move("wan_a", 11s).end(20s);
  auto recording = run.recording();
  // The tester stood still while the fault took effect.
  for (auto& event : recording.events)
    if (auto* fault = std::get_if<FaultEvent>(&event))
      if (fault->id == "cut" && fault->instant == "observed" && !fault->restore) fault->at += 100ms;
  const auto measured = measure(run.plan(), recording);
  const auto& failover = measured.transitions.at(0);
  REQUIRE(failover.converged);
  CHECK(*failover.converged >= RunInstant{5980ms});
  CHECK(value(measured, "call.up.lost@failover") >= 45);
}

TEST_CASE("A fault that neither calls for a failover nor forbids one is not missed") {
  const auto measured =
      call().cut("wan_a", 5s, 6s, "either", FailoverDuty::kEither).end(15s).measurements();
  CHECK(value(measured, "router.missed_failovers") == 0);
  CHECK(measured.transitions.empty());
}

TEST_CASE("A fault on the idle backup calls for nothing") {
  const auto measured = call().cut("wan_b", 5s, 10s).end(15s).measurements();
  CHECK(value(measured, "router.missed_failovers") == 0);
  CHECK(value(measured, "call.up.lost") == 0);
  CHECK(value(measured, "call.up.sent@before") == 750);
}

TEST_CASE("A command explains a switch") {
  const auto measured = call()
                            .event(CommandEvent{RunInstant{5s}, "go", "go", "failover", 0})
                            .move("wan_b", 5100ms)
                            .event(CommandEvent{RunInstant{9s}, "back", "back", "failback", 0})
                            .move("wan_a", 9200ms)
                            .end(15s)
                            .measurements();
  REQUIRE(measured.transitions.size() == 2);
  CHECK(measured.transitions[0].cause == "go");
  CHECK(measured.transitions[1].kind == Transition::Kind::kFailback);
  CHECK(measured.transitions[1].cause == "back");
  CHECK(value(measured, "router.false_failovers") == 0);
  CHECK(value(measured, "failover.first_route_convergence_time") == Approx(0.101).margin(0.001));
}

TEST_CASE(
    "A router that leaves only after the restore has missed the failover, but not a false one") {
  const auto measured =
      call().cut("wan_a", 5s, 7s).move("wan_b", 8s).move("wan_a", 12s).end(18s).measurements();
  CHECK(value(measured, "router.missed_failovers") == 1);
  CHECK(value(measured, "router.false_failovers") == 0);
  CHECK(value(measured, "router.switches") == 2);
}

TEST_CASE("With both WANs dead there is nowhere to go, and nothing is missed") {
  const auto measured = call()
                            .cut("wan_a", 3s, 16s, "primary")
                            .move("wan_b", 4s)
                            .cut("wan_b", 8s, 12s, "backup")
                            .move("wan_a", 18s)
                            .end(24s)
                            .measurements();
  CHECK(value(measured, "router.missed_failovers") == 0);
  CHECK(value(measured, "router.switches") == 2);
  CHECK(value(measured, "call.up.longest_gap") == Approx(4.02));
  CHECK(measured.transitions.at(1).cause == "mend primary");
}

TEST_CASE("A router that follows every twitch of a flapping link has many transitions") {
  RunBuilder run = call();
  run.flap("wan_a", 4s, 12s, 1s);
  for (int second = 4; second < 12; second += 2)
    run.move("wan_b", std::chrono::seconds{second} + 300ms)
        .move("wan_a", std::chrono::seconds{second} + 1200ms);
  const auto measured = run.end(18s).measurements();
  CHECK(value(measured, "router.switches") == 8);
  CHECK(value(measured, "router.failovers") == 4);
  CHECK(value(measured, "router.false_failovers") == 0);
  CHECK(value(measured, "router.missed_failovers") == 0);
  // Each counts from its own edge.
  CHECK(value(measured, "failover.3.first_route_convergence_time") == Approx(0.301).margin(0.021));
}

TEST_CASE("A router that tells of a flap's edge before its stamp has detected it") {
  auto run = call().flap("wan_a", 4s, 12s, 2s).move("wan_b", 8010ms).move("wan_a", 13s);
  run.event(log_line(7995ms, "wan_down", "wan_a")).event(log_line(9s, "wan_down", "wan_a"));
  const auto measured = run.end(18s).measurements();
  CHECK(value(measured, "failover.detection_time") == Approx(0.0).margin(1e-6));
}

TEST_CASE("Detection is what the router's log says, and its routes say it a second time") {
  auto run = call().cut("wan_a", 5s, 10s).move("wan_b", 6s).move("wan_a", 13s);
  run.event(log_line(4s, "wan_down", "wan_a"))  // before the fault: another story
      .event(log_line(5500ms, "wan_down", "wan_b"))
      .event(log_line(5700ms, "wan_down", "wan_a"))
      .event(change(5002ms, "link", "wan_a up no carrier"))  // the fault itself
      .event(change(5100ms, "neighbour", "100.64.1.1 dev wan_a failed"))
      .event(change(5800ms, "route", "default via 100.64.2.1 dev wan_b"));
  const auto measured = run.end(20s).measurements();
  CHECK(value(measured, "failover.detection_time") == Approx(0.699).margin(1e-6));
  CHECK(value(measured, "failover.detection_time_by_route") == Approx(0.799).margin(1e-6));
  REQUIRE(measured.transitions[0].declared);
  CHECK(*measured.transitions[0].declared == RunInstant{5700ms});
}

TEST_CASE("Without a log line the first route change stands for detection") {
  auto run = call().cut("wan_a", 5s, 10s).move("wan_b", 6s);
  run.event(change(5800ms, "rule", "100: from 192.168.1.0/24 lookup 2"));
  const auto measured = run.end(20s).measurements();
  CHECK(value(measured, "failover.detection_time") == Approx(0.799).margin(1e-6));
}

TEST_CASE("A fault whose effect could not be proven is told") {
  auto run = call().cut("wan_a", 5s, 10s);
  run.event(
      FaultEvent{.at = RunInstant{5100ms}, .instant = "no_effect", .id = "cut", .wan = "wan_a"});
  CHECK(run.end(15s).measurements().unproven_faults == std::vector<std::string>{"cut"});
}

TEST_CASE("Packets with the other WAN's address are told") {
  RunBuilder run = call().cut("wan_a", 5s, 10s).move("wan_b", 6s).end(15s);
  auto recording = run.recording();
  for (std::size_t i = 0; i < recording.tapped.size(); ++i)
    recording.tapped.source[i] = 0;  // always the address of wan_a
  const auto measured = measure(run.plan(), recording);
  REQUIRE(measured.flows[0].foreign_sources.size() == 1);
  CHECK(measured.flows[0].foreign_sources[0].wan == "wan_b");
  CHECK(measured.flows[0].foreign_sources[0].source_wan == "wan_a");
  CHECK(measured.flows[0].foreign_sources[0].packets == 450);
}

}  // namespace wandrill
