// SPDX-License-Identifier: Apache-2.0
#include "measure/measure.hpp"

#include <algorithm>

#include "base/testing/catch.hpp"
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

bool is_missing(const Measurements& measured, const std::string& name) {
  const auto found = measured.metrics.find(name);
  return found != measured.metrics.end() && !found->second.value;
}

double share(const Measurements& measured, const std::string& name) {
  return measured.metrics.at(name).tester_share;
}

/// A call and a finer probe; wan_a is cut at 5 s and mended at 10 s.
RunBuilder call_with_cut() {
  RunBuilder run;
  run.session("call", 20ms).session("ruler", 5ms, TrafficKind::kProbe).cut("wan_a", 5s, 10s);
  return run;
}

RunBuilder good_router() {
  auto run = call_with_cut();
  run.move("wan_b", 6s).move("wan_a", 13s).end(20s);
  return run;
}

}  // namespace

TEST_CASE("A failover and its failback are measured from the packets") {
  const auto measured = good_router().measurements();

  REQUIRE(measured.transitions.size() == 2);
  const auto& failover = measured.transitions[0];
  CHECK(failover.kind == Transition::Kind::kFailover);
  CHECK(failover.cause == "cut");
  CHECK(failover.from_wan == "wan_a");
  CHECK(failover.to_wan == "wan_b");
  CHECK(measured.transitions[1].kind == Transition::Kind::kFailback);
  CHECK(measured.transitions[1].cause == "mend cut");

  // Observed at 5.001 s; the first packet over wan_b passes the tap at 6.001 s.
  CHECK(value(measured, "failover.first_route_convergence_time") == Approx(1.0).margin(1e-6));
  CHECK(value(measured, "failover.full_convergence_time") == Approx(0.999).margin(0.0055));
  CHECK(value(measured, "failover.1.loss_derived_convergence_time") == Approx(1.0).margin(1e-6));
  CHECK(value(measured, "failover.additive_backup_delay") == Approx(0.021).margin(1e-6));
  CHECK(value(measured, "failback.reversion_time") == Approx(3.001).margin(1e-6));
  CHECK(value(measured, "failback.restoration_time") == Approx(0.001).margin(1e-6));
  CHECK(value(measured, "failback.hold_down_time") == Approx(3.0).margin(1e-6));
  CHECK(value(measured, "failback.longest_gap") == 0.0);
  CHECK(value(measured, "failback.post_failback_residue") == 0.0);
  CHECK(value(measured, "router.switches") == 2);
  CHECK(value(measured, "router.missed_failovers") == 0);
  CHECK(value(measured, "router.false_failovers") == 0);
}

TEST_CASE("A gap is read off the sender's schedule, and both methods agree") {
  const auto measured = good_router().measurements();
  CHECK(value(measured, "call.up.sent") == 1000);
  CHECK(value(measured, "call.up.lost") == 50);
  CHECK(value(measured, "call.up.loss") == Approx(5.0));
  CHECK(value(measured, "call.up.longest_gap") == Approx(1.02));
  CHECK(measured.metrics.at("call.up.longest_gap").accuracy == Approx(0.02));
  CHECK(value(measured, "call.up.outage") == Approx(1.0));
  CHECK(value(measured, "call.up.loss_derived_outage") == Approx(1.0));
  CHECK(value(measured, "call.up.loss_periods") == 1);
  CHECK(value(measured, "ruler.up.longest_gap") == Approx(1.005));
  CHECK(value(measured, "call.up.delay_p50") == Approx(0.004));
  CHECK(is_missing(measured, "call.up.delay_p99"));  // 5 % are lost: infinite
  CHECK(value(measured, "call.up.pdv_p99") == Approx(0.021));
  REQUIRE(measured.flows[0].path.size() == 3);
  CHECK(measured.flows[0].path[1].second == "wan_b");
}

TEST_CASE("A phase holds what belongs to it") {
  const auto measured = good_router().measurements();
  CHECK(value(measured, "call.up.lost@before") == 0);
  CHECK(value(measured, "call.up.lost@failover") == 50);
  CHECK(value(measured, "call.up.longest_gap@failover") == Approx(1.02));
  CHECK(value(measured, "call.up.loss@backup") == 0);
  CHECK(value(measured, "call.up.delay_p50@backup") == Approx(0.025));
  CHECK(value(measured, "call.up.delay_p50@after") == Approx(0.004));
  CHECK(value(measured, "call.up.loss@failback") == 0);
}

TEST_CASE("A router that never moves misses its failover and has no times") {
  const auto measured = call_with_cut().end(20s).measurements();
  REQUIRE(measured.transitions.size() == 1);
  CHECK(measured.transitions[0].missed);
  CHECK(measured.transitions[0].to_wan.empty());
  CHECK(value(measured, "router.missed_failovers") == 1);
  CHECK(value(measured, "failover.count") == 0);
  CHECK(is_missing(measured, "failover.first_route_convergence_time"));
  CHECK(is_missing(measured, "failover.full_convergence_time"));
  CHECK(value(measured, "call.up.longest_gap") == Approx(5.02));
  CHECK(value(measured, "call.up.lost@after") == 0);
}

TEST_CASE("An outage at the end of the run is seen although nothing comes after it") {
  const auto measured =
      RunBuilder{}.session("call", 20ms).cut("wan_a", 5s, 0s).end(8s).measurements();
  CHECK(value(measured, "call.up.lost") == 150);
  CHECK(value(measured, "call.up.longest_gap") == Approx(3.02));
  REQUIRE(measured.flows[0].loss_periods.size() == 1);
  CHECK(measured.flows[0].loss_periods[0].open);
  CHECK(measured.transitions.at(0).missed);
}

TEST_CASE("A flow that never came through has only losses") {
  const auto measured =
      RunBuilder{}.session("call", 20ms).lose("call.down", 0s, 10s).end(10s).measurements();
  CHECK(value(measured, "call.down.received") == 0);
  CHECK(value(measured, "call.down.loss") == 100.0);
  CHECK(is_missing(measured, "call.down.delay_p50"));
  CHECK(is_missing(measured, "call.down.max_jitter"));
  CHECK(value(measured, "call.up.loss") == 0);
}

TEST_CASE("In two cycles the worst of both counts, and each is there alone") {
  RunBuilder run;
  run.session("call", 20ms)
      .cut("wan_a", 3s, 6s, "first")
      .move("wan_b", 3500ms)
      .move("wan_a", 8s)
      .cut("wan_a", 12s, 15s, "second")
      .move("wan_b", 13s)
      .move("wan_a", 17s)
      .end(22s);
  const auto measured = run.measurements();
  CHECK(value(measured, "failover.count") == 2);
  CHECK(value(measured, "failback.count") == 2);
  CHECK(value(measured, "failover.1.first_route_convergence_time") == Approx(0.5).margin(0.001));
  CHECK(value(measured, "failover.2.first_route_convergence_time") == Approx(1.0).margin(0.001));
  CHECK(value(measured, "failover.first_route_convergence_time") == Approx(1.0).margin(0.001));
  CHECK(value(measured, "failback.hold_down_time") == Approx(2.0).margin(0.001));
  CHECK(value(measured, "call.up.loss_periods@failover") == 2);
}

TEST_CASE("Full convergence waits for the slower direction") {
  auto run = good_router();
  run.lose("call.down", 6s, 8s);
  const auto measured = run.measurements();
  CHECK(value(measured, "failover.first_route_convergence_time") == Approx(1.0).margin(1e-6));
  CHECK(value(measured, "failover.full_convergence_time") == Approx(2.999).margin(0.02));
  CHECK(value(measured, "call.down.longest_gap") == Approx(3.02));
  CHECK(value(measured, "call.up.longest_gap") == Approx(1.02));
}

TEST_CASE("A flow that lags behind belongs to the same switch") {
  RunBuilder run;
  run.session("call", 20ms)
      .session("six", 20ms, TrafficKind::kProbe, Family::kIpv6)
      .cut("wan_a", 5s, 10s)
      .move("wan_b", 6s, "call")
      .move("wan_b", 7s, "six")
      .move("wan_a", 13s, "call")
      .move("wan_a", 14s, "six")
      .end(20s);
  const auto measured = run.measurements();
  CHECK(value(measured, "router.switches") == 2);
  CHECK(value(measured, "failover.first_route_convergence_time") == Approx(1.0).margin(0.001));
  CHECK(value(measured, "failover.full_convergence_time") == Approx(1.999).margin(0.02));
  // Half of the packets, those of the flow that lags, still leave by wan_b from 14 s on: none.
  CHECK(value(measured, "failback.post_failback_residue") == Approx(0.0).margin(1.5));
  CHECK(value(measured, "failback.full_convergence_time") == Approx(4.0).margin(0.02));
}

TEST_CASE("A family that stays behind leaves the failover without full convergence") {
  RunBuilder run;
  run.session("call", 20ms)
      .session("six", 20ms, TrafficKind::kProbe, Family::kIpv6)
      .cut("wan_a", 5s, 10s)
      .move("wan_b", 6s, "call")
      .move("wan_a", 13s, "call")
      .end(20s);
  const auto measured = run.measurements();
  CHECK(value(measured, "router.switches") == 2);
  CHECK(value(measured, "router.missed_failovers") == 0);
  CHECK(is_missing(measured, "failover.full_convergence_time"));
  CHECK(value(measured, "six.up.longest_gap") == Approx(5.02));
}

TEST_CASE("Duplicates, reordering and lateness are counted, and a late packet is lost") {
  RunBuilder run;
  run.session("call", 20ms)
      .duplicate("call.up", 1s)
      .hold("call.up", 2s, 50ms)    // two packets overtake it
      .hold("call.up", 3s, 2500ms)  // past the threshold of 2 s
      .end(10s);
  const auto measured = run.measurements();
  CHECK(value(measured, "call.up.duplicates") == 1);
  CHECK(value(measured, "call.up.reordered") == 2);
  CHECK(value(measured, "call.up.late") == 1);
  CHECK(value(measured, "call.up.lost") == 1);
  CHECK(value(measured, "call.up.received") == 499);
  CHECK(value(measured, "call.up.longest_gap") == Approx(0.04));
  CHECK(value(measured, "call.up.delay_max") == Approx(0.054));
}

TEST_CASE("With half of the packets lost the slowest of the others is the median") {
  RunBuilder run;
  run.session("call", 20ms).lose("call.up", 2s, 4s).hold("call.up", 1s, 30ms).end(4s);
  const auto measured = run.measurements();
  CHECK(value(measured, "call.up.delay_p50") == Approx(0.034));
  CHECK(is_missing(measured, "call.up.delay_p99"));
  CHECK(value(measured, "call.up.delay_max") == Approx(0.034));
  CHECK(value(measured, "call.up.pdv_p99") == 0.0);
}

TEST_CASE("On an emulated processor no time is known better than sends were late") {
  RunBuilder run;
  run.session("call", 20ms).end(4s);
  auto recording = run.recording();
  std::ranges::fill(recording.sent.lateness, 3'000'000);
  const auto accuracy = [&](const char* metric) {
    return measure(run.plan(), recording).metric(metric)->accuracy;
  };
  CHECK(accuracy("call.up.delay_p50") == Approx(1e-4));
  recording.facts.emulated = true;
  CHECK(accuracy("call.up.delay_p50") == Approx(3e-3));
  CHECK(accuracy("call.up.longest_gap") == Approx(0.023));
  CHECK(accuracy("call.up.lost") == 0.0);
}

TEST_CASE("An empty recording has no values and does no harm") {
  const auto plan = good_router().plan();
  const auto measured = measure(plan, Recording{});
  CHECK_FALSE(measured.end);
  CHECK(measured.transitions.empty());
  CHECK(measured.metrics.empty());
  CHECK(measured.fates.empty());
  CHECK(measure(Plan{}, Recording{}).metrics.empty());
}

TEST_CASE("A run that never came to its timeline has no numbers, not even zeros") {
  auto run = good_router();
  const auto plan = run.plan();
  auto recording = run.recording();
  for (auto& event : recording.events)
    if (auto* stage = std::get_if<StageEvent>(&event); stage && stage->stage == "timeline")
      stage->stage = "bring_up";
  CHECK(measure(plan, recording).metrics.empty());
  CHECK_FALSE(measure(plan, run.recording()).metrics.empty());
}

TEST_CASE("Packets that were on their way when the run was interrupted count nowhere") {
  const auto measured = call_with_cut().move("wan_b", 6s).interrupt(6900ms).measurements();
  // Those lost since 5 s have had less than their 2 s, too.
  CHECK(value(measured, "call.up.sent") == value(measured, "call.up.received"));
  REQUIRE(measured.end);
  CHECK(*measured.end <= RunInstant{6900ms});
}

TEST_CASE("What the timeline's start finds lost before it does not count") {
  RunBuilder run;
  run.session("call", 20ms).lose("call.up", 0s, 1s).end(10s);
  auto recording = run.recording();
  recording.events.front() = StageEvent{RunInstant{2s}, "timeline"};
  const auto measured = measure(run.plan(), recording);
  CHECK(value(measured, "call.up.lost") == 0);
  CHECK(value(measured, "call.up.sent") == 400);
}

TEST_CASE("Packets that the tester could not send are not lost, and shorten no gap of the router") {
  auto run = good_router();
  run.refuse("call.up", 2s, 2100ms);
  run.refuse("call.up", 5500ms, 5600ms);
  const auto measured = run.measurements();
  CHECK(value(measured, "call.up.sent") == 990);
  CHECK(value(measured, "call.up.lost") == 45);
  CHECK(value(measured, "call.up.loss_periods") == 1);
  CHECK(value(measured, "call.up.longest_gap") == Approx(1.02));
  CHECK(share(measured, "call.up.longest_gap") == Approx(0.1));
  CHECK(measured.tester.refused_sends == 10);
}

TEST_CASE("A run is without a WAN while all of them are dead at once") {
  RunBuilder run;
  run.session("call", 20ms)
      .cut("wan_a", 3s, 9s)
      .cut("wan_b", 5s, 7s, "b")
      .cut("wan_b", 8s, 12s, "again")
      .end(15s);
  const auto measured = run.measurements();
  REQUIRE(measured.without_wan.size() == 2);
  CHECK(measured.without_wan[0].from == RunInstant{5s});
  CHECK(measured.without_wan[0].until == RunInstant{7s});
  CHECK(measured.without_wan_in(TimeSpan{RunInstant{6s}, RunInstant{8500ms}}) == 1500ms);
  CHECK(measured.without_wan_in(std::nullopt) == 0s);
  CHECK(RunBuilder{}
            .session("call", 20ms)
            .cut("wan_a", 3s, 9s)
            .end(15s)
            .measurements()
            .without_wan.empty());
}

/// When a run is without a WAN whose first one is cut from 3 s to 12 s and whose second has this
/// fault from 5 s to 9 s.
static std::vector<TimeSpan> dark(FaultAction fault) {
  fault.id = "b";
  fault.wan = "wan_b";
  RunBuilder run;
  run.session("call", 20ms).cut("wan_a", 3s, 12s).fault(std::move(fault), 5s, 9s).end(15s);
  return run.measurements().without_wan;
}

TEST_CASE("Total loss and a gateway that is another are no WAN either, while they last") {
  const auto whole = std::vector{TimeSpan{RunInstant{5s}, RunInstant{9s}}};
  CHECK(dark({.kind = FaultKind::kBlackhole}) == whole);
  CHECK(dark({.kind = FaultKind::kWithdraw}) == whole);
  CHECK(dark({.kind = FaultKind::kLoss, .value = {.loss = Percent{100}}}) == whole);
  CHECK(dark({.kind = FaultKind::kBrownout, .value = {.loss = Percent{100}}}) == whole);
  CHECK(dark({.kind = FaultKind::kArp, .lab = {.arp = ArpMode::kNewMac}}) == whole);
  // One direction is enough: nothing is answered.
  CHECK(dark({.kind = FaultKind::kBlackhole, .direction = FaultDirection::kUp}) == whole);
  // One that grows takes the WAN away once it is whole.
  CHECK(dark({.kind = FaultKind::kLoss, .value = {.loss = Percent{100}}, .ramp = 1s}) ==
        std::vector{TimeSpan{RunInstant{6s}, RunInstant{9s}}});
  CHECK(dark({.kind = FaultKind::kLoss, .value = {.loss = Percent{100}}, .ramp = 4s}).empty());
}

TEST_CASE("What lets something pass leaves a WAN") {
  CHECK(dark({.kind = FaultKind::kLoss, .value = {.loss = Percent{99}}}).empty());
  CHECK(dark({.kind = FaultKind::kBlackhole, .filter = {.protocol = "udp"}}).empty());
  CHECK(dark({.kind = FaultKind::kArp}).empty());
  CHECK(dark({.kind = FaultKind::kMtu}).empty());
  CHECK(dark({.kind = FaultKind::kDhcp}).empty());
  CHECK(dark({.kind = FaultKind::kFlap}).empty());
}

}  // namespace wandrill
