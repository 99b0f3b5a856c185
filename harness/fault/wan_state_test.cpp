// SPDX-License-Identifier: Apache-2.0
#include "fault/wan_state.hpp"

#include <array>
#include <chrono>

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

const WanPlan kLine{.name = "wan_a",
                    .up = {.delay = 4ms, .rate = {30'000'000}},
                    .down = {.delay = 4ms, .rate = {300'000'000}}};

LinkState under(const FaultAction& fault, bool flapped_down = false) {
  const std::array faults{FaultInForce{&fault, flapped_down}};
  return state_under_faults(kLine, faults);
}

}  // namespace

TEST_CASE("Without faults a link is in its steady state", "[wan_state]") {
  const auto state = state_under_faults(kLine, {});
  CHECK(state.up == kLine.up);
  CHECK(state.down == kLine.down);
  CHECK((state.router_port_up && state.isp_port_up));
}

TEST_CASE("A carrier fault darkens the receivers of its direction", "[wan_state]") {
  const auto both = under({.kind = FaultKind::kCarrier});
  CHECK_FALSE(both.router_port_up);
  CHECK_FALSE(both.isp_port_up);
  const auto down = under({.kind = FaultKind::kCarrier, .direction = FaultDirection::kDown});
  CHECK_FALSE(down.router_port_up);
  CHECK(down.isp_port_up);
  CHECK_FALSE(down.down.blackhole);
}

TEST_CASE("A far-end fault leaves the router's port its link", "[wan_state]") {
  const auto both = under({.kind = FaultKind::kFarEnd});
  CHECK(both.router_port_up);
  CHECK_FALSE(both.isp_port_up);
  CHECK(both.up.blackhole);
  const auto up = under({.kind = FaultKind::kFarEnd, .direction = FaultDirection::kUp});
  CHECK(up.isp_port_up);
  CHECK(up.up.blackhole);
  CHECK_FALSE(up.down.blackhole);
}

TEST_CASE("Degradations are laid over the steady state", "[wan_state]") {
  const FaultAction delay{
      .kind = FaultKind::kDelay, .direction = FaultDirection::kUp, .value = {.delay = 100ms}};
  const FaultAction slow{.kind = FaultKind::kRate,
                         .direction = FaultDirection::kBoth,
                         .value = {.rate = {1'000'000}, .queue = {64'000}}};
  const std::array faults{FaultInForce{&delay}, FaultInForce{&slow}};
  const auto state = state_under_faults(kLine, faults);
  CHECK(state.up.delay == 104ms);
  CHECK(state.down.delay == 4ms);
  CHECK(state.up.rate.value == 1'000'000);
  CHECK(state.down.queue.value == 64'000);
}

TEST_CASE("Two losses are independent chances", "[wan_state]") {
  const FaultAction first{.kind = FaultKind::kLoss, .value = {.loss = {50.0}}};
  const FaultAction second{.kind = FaultKind::kLoss, .value = {.loss = {20.0}}};
  const std::array faults{FaultInForce{&first}, FaultInForce{&second}};
  CHECK(state_under_faults(kLine, faults).up.loss.value == Approx(60.0));
  CHECK(state_under_faults(kLine, std::array{FaultInForce{&second}}).up.loss.value == 20.0);
}

TEST_CASE("A flapping link is dead only while it is down", "[wan_state]") {
  const FaultAction flap{.kind = FaultKind::kFlap, .flap_of = FaultKind::kBlackhole};
  CHECK_FALSE(under(flap, false).up.blackhole);
  CHECK(under(flap, true).up.blackhole);
}

TEST_CASE("A filtered fault is laid over the stage of its filter and leaves the line alone",
          "[wan_state]") {
  auto line = kLine;
  line.filters = {{.protocol = "udp"}, {.dscp = 46}};
  const FaultAction filtered{
      .kind = FaultKind::kDelay, .value = {.delay = 50ms}, .filter = {.dscp = 46}};
  const FaultAction whole{
      .kind = FaultKind::kLoss, .direction = FaultDirection::kUp, .value = {.loss = Percent{5}}};
  const auto state =
      state_under_faults(line, std::array{FaultInForce{&filtered}, FaultInForce{&whole}});
  REQUIRE(state.stages.size() == 2);
  CHECK(state.stages[0].up == Impairment{});
  CHECK(state.stages[1].up == Impairment{.delay = 50ms});
  CHECK(state.stages[1].down == Impairment{.delay = 50ms});
  CHECK(state.up.delay == kLine.up.delay);
  CHECK(state.up.loss == Percent{5});
  CHECK(state.down == kLine.down);
  CHECK(state_under_faults(line, {}).stages[1].up == Impairment{});
}

TEST_CASE("The rate of a filtered fault that grows shrinks from that of the line", "[wan_state]") {
  auto line = kLine;
  line.filters = {{.dscp = 46}};
  const FaultAction rate{
      .kind = FaultKind::kRate, .value = {.rate = {10'000'000}}, .filter = {.dscp = 46}};
  const auto state = state_under_faults(line, std::array{FaultInForce{&rate, false, 0.5}});
  CHECK(state.stages[0].up.rate == BitsPerSecond{20'000'000});
  CHECK(state.up == kLine.up);
}
