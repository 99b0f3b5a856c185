// SPDX-License-Identifier: Apache-2.0
#include "measure/index/stall_log.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

TesterEvent stall(Nanos from, Nanos until, const std::string& kind = "stall") {
  return {.at = RunInstant{from}, .kind = kind, .until = RunInstant{until}};
}

TimeSpan span(Nanos from, Nanos until) {
  return {RunInstant{from}, RunInstant{until}};
}

RunBuilder call() {
  RunBuilder run;
  run.session("call", 20ms);
  return run;
}

}  // namespace

TEST_CASE("Stalls of the loop and of the relay count once where they overlap") {
  const StallLog log{{stall(1s, 1200ms), stall(1100ms, 1300ms, "relay_stall"), stall(3s, 3050ms)}};
  CHECK(log.stalls().size() == 2);
  CHECK(log.within(span(0s, 10s)) == 350ms);
  CHECK(log.within(span(1250ms, 3010ms)) == 60ms);
  CHECK(log.longest_within(span(0s, 10s)) == 300ms);
}

TEST_CASE("A stall is credited at its length, and half the time on a starved machine") {
  const StallLog calm{{stall(1s, 1030ms)}};
  CHECK(calm.credit(span(0s, 2020ms)) == 30ms);
  CHECK(calm.credit(span(2s, 4s)) == 0ms);
  const StallLog starved{{stall(1s, 1100ms), stall(1500ms, 1600ms)}};
  CHECK(starved.credit(span(0s, 2s)) == 1s);
  CHECK_FALSE(starved.tester_overloaded(span(0s, 2s)));
  CHECK(StallLog{{stall(1s, 2s)}}.tester_overloaded(span(0s, 2s)));
}

TEST_CASE("Only a long stall shortly before may explain a switch") {
  const StallLog log{{stall(1s, 1030ms), stall(5s, 5060ms)}};
  CHECK_FALSE(log.may_explain_switch(RunInstant{1500ms}));
  CHECK(log.may_explain_switch(RunInstant{5500ms}));
  CHECK(log.may_explain_switch(RunInstant{5030ms}));
  CHECK_FALSE(log.may_explain_switch(RunInstant{4900ms}));
  CHECK_FALSE(log.may_explain_switch(RunInstant{6100ms}));
}

TEST_CASE("Overflows of a queue belong to the time just before they were noticed") {
  const StallLog log{
      {TesterEvent{.at = RunInstant{5s}, .kind = "overflow", .count = 7, .subject = "call"}}};
  CHECK(log.overflows("call", span(4500ms, 4900ms)) == 7);
  CHECK(log.overflows("call", span(1s, 2s)) == 0);
  CHECK(log.overflows("ruler", span(4500ms, 4900ms)) == 0);
}

TEST_CASE("A stall inside a gap is the tester's share of it, and no more") {
  auto run = call().cut("wan_a", 5s, 15s).move("wan_b", 7s).stall(5500ms, 5530ms).end(20s);
  const auto measured = run.measurements();
  const auto& gap = measured.metrics.at("call.up.longest_gap");
  CHECK(*gap.value == Approx(2.02));
  CHECK(gap.tester_share == Approx(0.03));
  CHECK(measured.metrics.at("failover.first_route_convergence_time").tester_share == Approx(0.03));
  CHECK(measured.tester.stalls == 1);
  CHECK(measured.tester.longest_stall == 30ms);
}

TEST_CASE("Packets that our own queue lost are not the router's") {
  auto run = call().lose("call.down", 5s, 5100ms).end(10s);
  run.event(
      TesterEvent{.at = RunInstant{5150ms}, .kind = "overflow", .count = 5, .subject = "call"});
  const auto measured = run.measurements();
  const auto& lost = measured.metrics.at("call.down.lost");
  CHECK(*lost.value == 5);
  CHECK(lost.tester_share == 5);
  CHECK(measured.tester.receive_overflows == 5);
}

TEST_CASE("A false failover right after a long stall is the tester's, and so is the way back") {
  const auto measured =
      call().stall(4900ms, 4960ms).move("wan_b", 5s).move("wan_a", 8s).end(15s).measurements();
  CHECK(measured.metrics.at("router.false_failovers").tester_share == 1);
  CHECK(measured.metrics.at("router.switches").tester_share == 2);
  const auto calm = call().move("wan_b", 5s).move("wan_a", 8s).end(15s).measurements();
  CHECK(calm.metrics.at("router.switches").tester_share == 0);
}

TEST_CASE("A missed failover is the router's however busy the machine was, unless it stood still") {
  auto busy = call().cut("wan_a", 5s, 10s).end(15s);
  for (int i = 0; i < 20; ++i)
    busy.stall(5s + i * 200ms, 5s + i * 200ms + 40ms);
  CHECK(busy.measurements().metrics.at("router.missed_failovers").tester_share == 0);
  CHECK_FALSE(busy.measurements().tester_overloaded);

  auto still = call().cut("wan_a", 5s, 10s).stall(5s, 8s).end(15s);
  CHECK(still.measurements().metrics.at("router.missed_failovers").tester_share == 1);
}

}  // namespace wandrill
