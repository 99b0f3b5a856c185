// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/session_fates.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

SessionEvent told(Nanos at, const std::string& state) {
  return {.at = RunInstant{at}, .session = "desktop", .state = state};
}

RunBuilder desktop() {
  RunBuilder run;
  run.session("desktop", 100ms, TrafficKind::kTcp).event(told(-100ms, "connected"));
  return run;
}

const SessionFate& fate_of(const Measurements& measured) {
  REQUIRE(measured.fates.size() == 1);
  return measured.fates.front();
}

double value(const Measurements& measured, const std::string& name) {
  REQUIRE(measured.metrics.contains(name));
  return measured.metrics.at(name).value.value_or(-1.0);
}

}  // namespace

TEST_CASE("A session whose every request is answered survived") {
  const auto measured = desktop().end(10s).measurements();
  CHECK(fate_of(measured).fate == "survived");
  CHECK(value(measured, "desktop.responses") == 100);
  CHECK(value(measured, "desktop.resets") == 0);
  CHECK(value(measured, "desktop.survived") == 1);
  CHECK(value(measured, "desktop.longest_stall") == Approx(0.1));
}

TEST_CASE("A session that goes on after more than a second without answers stalled") {
  const auto measured = desktop().lose("desktop.down", 3s, 5s).end(10s).measurements();
  CHECK(fate_of(measured).fate == "stalled");
  CHECK(fate_of(measured).detail == "no answer for 2.10 s");
  CHECK(in_seconds(*fate_of(measured).at - RunInstant{}) == Approx(2.9).margin(0.05));
  CHECK(in_seconds(*fate_of(measured).until - RunInstant{}) == Approx(5.0).margin(0.05));
  CHECK(value(measured, "desktop.survived") == 1);
  CHECK(value(measured, "desktop.longest_stall") == Approx(2.1));
}

TEST_CASE("A session that lost its connection was reset, however soon it reconnected") {
  const auto measured = desktop()
                            .event(told(4s, "reset"))
                            .event(told(4500ms, "connecting"))
                            .event(told(4600ms, "connected"))
                            .end(10s)
                            .measurements();
  CHECK(fate_of(measured).fate == "reset");
  CHECK(*fate_of(measured).at == RunInstant{4s});
  CHECK(in_seconds(*fate_of(measured).until - RunInstant{}) == Approx(4.05).margin(0.06));
  CHECK(fate_of(measured).detail.starts_with("reset; answers again 0.0"));
  CHECK(value(measured, "desktop.resets") == 1);
  CHECK(value(measured, "desktop.survived") == 0);
}

TEST_CASE("Failing to connect again is no second reset") {
  const auto measured = desktop()
                            .event(told(4s, "reset"))
                            .event(told(5s, "timed_out"))
                            .event(told(6s, "connected"))
                            .end(10s)
                            .measurements();
  CHECK(value(measured, "desktop.resets") == 1);
  CHECK(fate_of(measured).fate == "reset");
}

TEST_CASE("A session that nobody ended and that answers after more than 10 s hung") {
  const auto measured = desktop().lose("desktop.down", 3s, 14s).end(20s).measurements();
  CHECK(fate_of(measured).fate == "hung");
  CHECK(in_seconds(*fate_of(measured).until - RunInstant{}) == Approx(14.0).margin(0.05));
  CHECK(fate_of(measured).detail == "no answer for 11.10 s");
  CHECK(value(measured, "desktop.survived") == 1);  // over its first connection, after all
}

TEST_CASE("A connection that its owner gave up hung, however soon the next one answers") {
  const auto measured = desktop()
                            .lose("desktop.down", 3s, 7s)
                            .event(told(6s, "timed_out"))
                            .event(told(6500ms, "connected"))
                            .end(20s)
                            .measurements();
  CHECK(fate_of(measured).fate == "hung");
  CHECK(fate_of(measured).detail == "no answer for 4.10 s, given up (timed_out)");
  CHECK(value(measured, "desktop.survived") == 0);
}

TEST_CASE("A session that is told in time that its connection is over did not hang") {
  const auto fate = [](Nanos told_at) {
    auto run = desktop();
    run.lose("desktop.down", 3s, 18s).event(told(told_at, "reset")).end(25s);
    return fate_of(run.measurements()).fate;
  };
  CHECK(fate(6s) == "reset");
  CHECK(fate(14s) == "hung");
}

TEST_CASE("Several resets are one fate, told with the first") {
  const auto measured = desktop()
                            .event(told(4s, "reset"))
                            .event(told(5s, "connected"))
                            .event(told(6s, "closed"))
                            .end(10s)
                            .measurements();
  CHECK(fate_of(measured).fate == "reset");
  CHECK(*fate_of(measured).at == RunInstant{4s});
  CHECK(fate_of(measured).detail.starts_with("reset, and 1 more; "));
}

TEST_CASE("What the tester may have caused is no fate") {
  const auto fate = [](Nanos stalled) {
    auto run = desktop();
    run.lose("desktop.down", 3s, 4s).stall(3s, 3s + stalled).end(10s);
    return fate_of(run.measurements()).fate;
  };
  CHECK(fate(1ms) == "stalled");
  CHECK(fate(500ms) == "survived");
}

TEST_CASE("A session whose requests stay unanswered until the end never recovers, reset or not") {
  const auto measured =
      desktop().event(told(4s, "reset")).lose("desktop.down", 4s, 20s).end(10s).measurements();
  CHECK(fate_of(measured).fate == "never_recovered");
  CHECK_FALSE(fate_of(measured).until);
  CHECK(fate_of(measured).detail == "no answer for the last 6.00 s");
  CHECK(value(measured, "desktop.longest_stall") == Approx(5.996).margin(0.01));
  CHECK(measured.metrics.at("desktop.longest_stall").note == "until the end of the run");
}

TEST_CASE("Calls have no fate") {
  RunBuilder run;
  CHECK(run.session("call", 20ms).end(5s).measurements().fates.empty());
}

TEST_CASE("Retransmits are summed over connections, from the start of the timeline on") {
  auto run = desktop();
  const auto sample = [&](Nanos at, std::uint32_t retransmits, Nanos rto) {
    run.event(TcpSampleEvent{
        .at = RunInstant{at}, .session = "desktop", .rto = rto, .retransmits = retransmits});
  };
  sample(-200ms, 2, 300ms);
  sample(1s, 2, 200ms);
  sample(2s, 5, 1600ms);
  sample(3s, 1, 200ms);  // another connection
  sample(4s, 1, 200ms);
  const auto measured = run.end(10s).measurements();
  CHECK(value(measured, "desktop.retransmits") == 4);
  CHECK(value(measured, "desktop.longest_rto") == Approx(1.6));
  const auto unseen = desktop().end(10s).measurements();
  CHECK_FALSE(unseen.metrics.at("desktop.retransmits").value);
}

TEST_CASE("A session that is seldom used is not stalled by its own pauses") {
  const auto notes = [](Nanos dark_until) {
    RunBuilder run;
    run.session("desktop", 5s, TrafficKind::kTcp);
    return run.lose("desktop.down", 4s, dark_until).end(30s).measurements();
  };
  CHECK(fate_of(notes(4s)).fate == "survived");
  CHECK(fate_of(notes(14s)).fate == "stalled");
}

TEST_CASE("The time to success counts from the fault to the answer of what was asked after it") {
  const auto run = [](Nanos dark_until) {
    RunBuilder made;
    made.session("lookups", 200ms, TrafficKind::kDns).session("call", 20ms);
    made.cut("wan_a", 3s, 8s).lose("lookups.down", 2800ms, dark_until).move("wan_b", 3500ms);
    return made.move("wan_a", 9s).end(12s).measurements();
  };
  CHECK(value(run(4100ms), "lookups.time_to_success") == Approx(1.2).margin(0.03));
  CHECK(value(run(4100ms), "lookups.time_to_success_after_restore") == Approx(0.2).margin(0.2));
  const auto dead = run(12s);
  CHECK_FALSE(dead.metrics.at("lookups.time_to_success").value);
  CHECK(dead.metrics.at("lookups.time_to_success").note == "no answer after cut");
  CHECK(fate_of(dead).fate == "never_recovered");
  const auto calm =
      RunBuilder{}.session("lookups", 200ms, TrafficKind::kDns).end(5s).measurements();
  CHECK_FALSE(calm.metrics.at("lookups.time_to_success").value);
  CHECK_FALSE(calm.metrics.contains("lookups.resets"));
}

}  // namespace wandrill
