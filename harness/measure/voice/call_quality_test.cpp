// SPDX-License-Identifier: Apache-2.0
#include "measure/voice/call_quality.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

Measured metric(const Measurements& measurements, const std::string& name) {
  INFO(name);
  const auto found = measurements.metrics.find(name);
  REQUIRE(found != measurements.metrics.end());
  return found->second;
}

double value(const Measurements& measurements, const std::string& name) {
  const auto measured = metric(measurements, name);
  REQUIRE(measured.value);
  return *measured.value;
}

RunBuilder call_of(Nanos length) {
  return RunBuilder{}.session("call", 20ms).end(length);
}

}  // namespace

TEST_CASE("A call without losses has the best score") {
  const auto measured = call_of(20s).measurements();
  CHECK(value(measured, "call.up.mos") == Approx(4.409).margin(5e-4));
  CHECK(value(measured, "call.up.r_factor") == Approx(93.2062).margin(5e-4));
  CHECK(value(measured, "call.up.mos_worst_window") == Approx(4.409).margin(5e-4));
  CHECK(value(measured, "call.up.interruptions") == 0);
  CHECK(value(measured, "call.up.longest_interruption") == 0);
  CHECK(value(measured, "call.up.discarded") == 0);
}

TEST_CASE("A whole call hides an outage that its worst window shows") {
  const auto measured = call_of(60s).lose("call.up", 30s, 33s).measurements();
  CHECK(value(measured, "call.up.mos") > 3.7);
  CHECK(value(measured, "call.up.mos") < 3.95);
  const auto worst = metric(measured, "call.up.mos_worst_window");
  CHECK(*worst.value < 2.0);
  CHECK(worst.note == "from 25.0 s to 33.0 s");
  CHECK(value(measured, "call.up.interruptions") == 1);
  CHECK(value(measured, "call.up.longest_interruption") == Approx(3));
  CHECK(metric(measured, "call.up.longest_interruption").note == "severe, at 30.0 s");
  CHECK(value(measured, "call.up.burst_density") == 255);
  CHECK(value(measured, "call.up.burst_duration") == Approx(3));
  CHECK(value(measured, "call.down.mos") == Approx(4.409).margin(5e-4));
}

TEST_CASE("A packet behind the playout buffer is not heard") {
  auto run = call_of(20s);
  for (Nanos at = 5s; at < 6s; at += 100ms)
    run.hold("call.up", at, 70ms);
  run.hold("call.up", 8s, 50ms);
  const auto measured = run.measurements();
  CHECK(value(measured, "call.up.lost") == 0);
  CHECK(value(measured, "call.up.discarded") == 10);
  CHECK(value(measured, "call.up.mos") < 4.4);
}

TEST_CASE("After a silence the buffer starts afresh on the longer path") {
  const auto calls = [](Nanos playout) {
    FlowPackets packets{20ms, 2s};
    for (std::uint32_t i = 0; i < 200; ++i)
      packets.take_sent(i, RunInstant{20ms * i}, 0);
    for (std::uint32_t i = 0; i < 200; ++i)
      if (i < 50 || i >= 100)
        packets.take_received(i, RunInstant{20ms * i + (i < 100 ? 4ms : 104ms)});
    packets.finish(RunInstant{10s});
    return play_out(packets, {0, 200}, {.playout = playout, .resync = 500ms});
  };
  const auto played = calls(60ms);
  CHECK(std::ranges::count(played.heard, Heard::kLost) == 50);
  CHECK(std::ranges::count(played.heard, Heard::kDiscarded) == 0);
  CHECK(played.discarded_without_resync == 100);
  CHECK(calls(100ms).discarded_without_resync == 0);
}

TEST_CASE("The tester's late sends are not heard as jitter") {
  FlowPackets packets{20ms, 2s};
  for (std::uint32_t i = 0; i < 10; ++i) {
    const Nanos late = i == 5 ? 80ms : 0ms;
    packets.take_sent(i, RunInstant{20ms * i}, static_cast<std::int32_t>(late.count()));
    packets.take_received(i, RunInstant{20ms * i + late + 4ms});
  }
  packets.finish(RunInstant{10s});
  const auto played = play_out(packets, {0, 10}, {.playout = 60ms, .resync = 500ms});
  CHECK(std::ranges::count(played.heard, Heard::kPlayed) == 10);
}

TEST_CASE("Losses during a stall of the tester's come off the score") {
  const auto measured =
      call_of(20s).lose("call.up", 10s, 11s).stall(9900ms, 11100ms).measurements();
  const auto whole = metric(measured, "call.up.mos");
  CHECK(*whole.value < 4.0);
  CHECK(*whole.value + whole.tester_share == Approx(4.409).margin(5e-2));
  // The window that is worst for the router is one of those without a stall.
  CHECK(value(measured, "call.up.mos_worst_window") == Approx(4.409).margin(5e-2));
}

TEST_CASE("A call that is never heard has the worst score, one that never sent has none") {
  const auto dead = call_of(20s).lose("call.up", 0s, 20s).measurements();
  CHECK(value(dead, "call.up.mos") == 1.0);
  CHECK(value(dead, "call.up.r_factor") == 0.0);
  const auto unsent = call_of(20s).refuse("call.up", 0s, 20s).measurements();
  CHECK_FALSE(metric(unsent, "call.up.mos").value);
  CHECK_FALSE(metric(unsent, "call.up.interruptions").value);
}

TEST_CASE("Phases have scores of their own") {
  const auto measured = RunBuilder{}
                            .session("call", 20ms)
                            .cut("wan_a", 5s, 15s)
                            .move("wan_b", 6s)
                            .move("wan_a", 17s)
                            .end(25s)
                            .measurements();
  CHECK(value(measured, "call.up.mos@before") == Approx(4.409).margin(5e-4));
  CHECK(value(measured, "call.up.mos@failover") < 4.0);
  CHECK(value(measured, "call.up.mos@backup") == Approx(4.4).margin(0.02));
}

TEST_CASE("Interruptions have words") {
  CHECK(interruption_word(100ms) == "inaudible");
  CHECK(interruption_word(150ms) == "a glitch");
  CHECK(interruption_word(1s) == "degraded");
  CHECK(interruption_word(3s) == "severe");
  CHECK(interruption_word(10s) == "hung up on");
  CHECK(interruption_word(32s) == "dropped");
}
