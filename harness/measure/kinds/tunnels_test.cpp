// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/tunnels.hpp"

#include "base/testing/catch.hpp"
#include "measure/measure.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

constexpr FlowId kUp = 2;
constexpr FlowId kDown = 3;

/// The router fails over at 3.5 s and back at 8 s. Flows 2 and 3 are the tunnel's.
RunBuilder office() {
  RunBuilder run;
  run.session("ruler", 5ms, TrafficKind::kProbe).session("vpn", 1s, TrafficKind::kWireguard);
  return run.cut("wan_a", 3s, 6s).move("wan_b", 3500ms, "ruler").move("wan_a", 8s, "ruler");
}

/// Nothing of the tunnel's is on a schedule: the taps see what a test says.
Recording without_tunnel(const RunBuilder& run) {
  auto recording = run.recording();
  TappedColumns kept;
  const auto& all = recording.tapped;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all.flow[i] < kUp)
      kept.append(all.flow[i], all.sequence[i], RunInstant{Nanos{all.at[i]}}, all.wan[i],
                  all.direction[i], all.source[i]);
  recording.tapped = std::move(kept);
  return recording;
}

void see(Recording& recording, FlowId flow, Nanos at, std::uint8_t wan) {
  recording.tapped.append(flow, recording.tapped.size(), RunInstant{at}, wan, flow == kUp ? 0 : 1,
                          0);
}

double value(const Measurements& measured, const std::string& name) {
  REQUIRE(measured.metrics.contains(name));
  return measured.metrics.at(name).value.value_or(-1.0);
}

}  // namespace

TEST_CASE("A tunnel is found again when its first packet comes in by the new WAN") {
  const auto run = office().end(12s);
  auto recording = without_tunnel(run);
  see(recording, kUp, 3600ms, 1);
  see(recording, kDown, 3650ms, 1);
  see(recording, kUp, 8100ms, 0);
  see(recording, kDown, 8300ms, 0);
  const auto measured = measure(run.plan(), recording);
  CHECK(value(measured, "vpn.roam_time") == Approx(0.3).margin(0.006));
  CHECK(measured.metrics.at("vpn.roam_time").note == "failback 1");
}

TEST_CASE("A tunnel that nothing comes back to has no roam time, and the note says why") {
  const auto run = office().end(12s);
  auto recording = without_tunnel(run);
  see(recording, kUp, 3600ms, 1);
  see(recording, kDown, 8300ms, 0);
  const auto measured = measure(run.plan(), recording);
  CHECK_FALSE(measured.metrics.at("vpn.roam_time").value);
  CHECK(measured.metrics.at("vpn.roam_time").note == "nothing came in by wan_b after failover 1");
}

TEST_CASE("A tunnel that goes on by the backup after the failback is stuck there") {
  const auto run = office().end(12s);
  auto recording = without_tunnel(run);
  for (Nanos at = 3600ms; at < 11s; at += 100ms)
    see(recording, kUp, at, 1);
  const auto measured = measure(run.plan(), recording);
  CHECK(value(measured, "vpn.stuck_on_backup") == Approx(2.9).margin(0.01));
}

TEST_CASE("Handshakes are counted within the timeline, their age from the last one") {
  auto run = office();
  run.event(TunnelEvent{.at = RunInstant{-1s}, .session = "vpn", .message = "response"});
  run.event(TunnelEvent{.at = RunInstant{4s}, .session = "vpn", .message = "initiation"});
  run.event(TunnelEvent{.at = RunInstant{5s}, .session = "vpn", .message = "response"});
  run.end(12s);
  const auto measured = measure(run.plan(), without_tunnel(run));
  CHECK(value(measured, "vpn.handshakes") == 1);
  CHECK(value(measured, "vpn.handshake_age") == Approx(9.0));
}

TEST_CASE("What leaves although it must not, says nothing of the router's way") {
  RunBuilder run;
  run.session("ruler", 5ms, TrafficKind::kProbe);
  for (const char* name : {"leak", "leak2", "leak3"})
    run.session(name, 50ms, TrafficKind::kForbidden);
  run.cut("wan_a", 3s, 6s).move("wan_b", 3500ms).move("wan_a", 8s).end(12s);
  auto recording = run.recording();
  auto& tapped = recording.tapped;
  // Stopped on the primary: seen on the backup only.
  for (std::size_t i = 0; i < tapped.size(); ++i)
    if (tapped.flow[i] > 1 && tapped.wan[i] == 0) tapped.flow[i] = 0xffff;
  const auto measured = measure(run.plan(), recording);
  CHECK(value(measured, "router.failovers") == 1);
  CHECK(value(measured, "router.failbacks") == 1);
}

TEST_CASE("Without a switch that was due a tunnel had nothing to follow") {
  RunBuilder quiet;
  quiet.session("ruler", 5ms, TrafficKind::kProbe).session("vpn", 1s, TrafficKind::kWireguard);
  quiet.end(8s);
  const auto still = measure(quiet.plan(), without_tunnel(quiet));
  CHECK_FALSE(still.metrics.at("vpn.roam_time").value);
  CHECK(still.metrics.at("vpn.roam_time").untried);
  CHECK(still.metrics.at("vpn.stuck_on_backup").untried);

  RunBuilder deaf;
  deaf.session("ruler", 5ms, TrafficKind::kProbe).session("vpn", 1s, TrafficKind::kWireguard);
  deaf.cut("wan_a", 3s, 9s).end(12s);
  const auto missed = measure(deaf.plan(), without_tunnel(deaf));
  CHECK_FALSE(missed.metrics.at("vpn.roam_time").untried);
}

TEST_CASE("What goes through a tunnel has converged when the tunnel leaves by the other WAN") {
  RunBuilder run;
  run.session("web", 20ms, TrafficKind::kTcp)
      .session("vpn", 20ms, TrafficKind::kWireguard)
      .session("inner", 20ms, TrafficKind::kTcp);
  run.cut("wan_a", 3s, 6s).move("wan_b", 3500ms).move("wan_a", 8s).end(14s);
  auto plan = run.plan();
  plan.traffic.sessions[2].through = "vpn";
  auto recording = run.recording();
  // The taps see the tunnel, and not what is within.
  TappedColumns outer;
  const auto& all = recording.tapped;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all.flow[i] <= kDown)
      outer.append(all.flow[i], all.sequence[i], RunInstant{Nanos{all.at[i]}}, all.wan[i],
                   all.direction[i], all.source[i]);
  recording.tapped = std::move(outer);
  const auto measured = measure(plan, recording);
  REQUIRE(measured.metrics.contains("failback.1.full_convergence_time"));
  CHECK(measured.metrics.at("failback.1.full_convergence_time").value);
}

}  // namespace wandrill
