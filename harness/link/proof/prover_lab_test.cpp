// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "base/pressure.hpp"
#include "base/testing/catch.hpp"
#include "link/impaired_link.hpp"
#include "link/proof/prover.hpp"
#include "link/testing/rig.hpp"
#include "link/wire/relay.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using testing::Rig;
using Outcome = Proof::Outcome;

namespace {

/// A link whose every change is proven.
struct ProvenLine {
  Rig rig;
  Relay relay;
  ImpairedLink link{rig.slot, rig.settings(), Engine::kWire, &relay};
  Prover prover{rig.router, Rig::kPort, rig.isp, Rig::kPort};
  LinkState state;

  void apply(const LinkState& wanted) {
    link.change(Direction::kUp, wanted.up);
    link.change(Direction::kDown, wanted.down);
    link.set_port(Side::kRouter, wanted.router_port_up);
    link.set_port(Side::kIsp, wanted.isp_port_up);
  }
  /// Proves a claim about the link, whether or not it is true.
  Proof prove(const LinkState& claimed) {
    ChangeProof proof{prover, state, claimed};
    proof.start(look_now());
    for (;;) {
      const auto result = proof.poll(look_now());
      if (result.outcome != Outcome::kPending) return result;
      std::this_thread::sleep_for(1ms);
    }
  }
  Proof change(const LinkState& wanted) {
    apply(wanted);
    auto result = prove(wanted);
    state = wanted;
    return result;
  }
};

const LinkState kFaults[] = {
    {.up = {.blackhole = true}},
    {.down = {.blackhole = true}},
    {.up = {.blackhole = true}, .down = {.blackhole = true}},
    {.router_port_up = false},
    {.isp_port_up = false},
    {.router_port_up = false, .isp_port_up = false},
    {.up = {.delay = 40ms}},
    {.up = {.delay = 20ms}, .down = {.delay = 30ms}},
    {.up = {.loss = Percent{20}}},
    {.down = {.delay = 20ms, .jitter = 10ms}},
    {.up = {.rate = BitsPerSecond{2'000'000}}},
    {.down = {.rate = BitsPerSecond{100'000'000}}},
    {.up = {.bursts = {.enter = Percent{5}, .leave = Percent{25}}}},
    {.down = {.loss = Percent{30}, .loss_correlation = Percent{50}}},
    {.up = {.delay = 40ms, .reorder = {.share = Percent{25}}}},
    {.down = {.duplicate = {.share = Percent{20}}}},
    {.up = {.corrupt = {.share = Percent{20}}}},
    {.up = {.loss = Percent{10}, .delay = 50ms, .jitter = 10ms, .rate = BitsPerSecond{5'000'000}}}};

/// One of each kind: a refutation takes as long as the patience of its effect.
const LinkState kFewFaults[] = {{.down = {.blackhole = true}},
                                {.router_port_up = false},
                                {.up = {.delay = 40ms}},
                                {.up = {.duplicate = {.share = Percent{50}}}},
                                {.down = {.corrupt = {.share = Percent{50}}}},
                                {.up = {.rate = BitsPerSecond{2'000'000}}}};

}  // namespace

TEST_CASE("Every fault is proven on the wire, and so is its end") {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason);
  ProvenLine line;
  REQUIRE(line.prove({}).outcome == Outcome::kProven);
  for (const auto& fault : kFaults) {
    const auto before = Clock::now();
    const auto proof = line.change(fault);
    INFO(proof.detail);
    CHECK(proof.outcome == Outcome::kProven);
    REQUIRE(proof.observed.has_value());
    CHECK(*proof.observed >= before);
    const auto restored = line.change({});
    INFO(restored.detail);
    CHECK(restored.outcome == Outcome::kProven);
  }
}

TEST_CASE("A fault that was not applied is refuted") {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason);
  ProvenLine line;
  for (const auto& fault : kFewFaults) {
    const auto proof = line.prove(fault);
    INFO(proof.detail);
    CHECK(proof.outcome == Outcome::kRefuted);
  }
}

TEST_CASE("A restore that did not happen is refuted") {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason);
  ProvenLine line;
  for (const auto& fault : kFewFaults) {
    line.change(fault);
    const auto proof = line.prove({});
    INFO(proof.detail);
    CHECK(proof.outcome == Outcome::kRefuted);
    line.change({});
  }
}

TEST_CASE("A fault in the wrong direction is refuted") {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason);
  ProvenLine line;
  line.apply({.up = {.blackhole = true}, .down = {.blackhole = true}});
  CHECK(line.prove({.up = {.blackhole = true}}).outcome == Outcome::kRefuted);
  line.apply({.down = {.blackhole = true}});
  CHECK(line.prove({.up = {.blackhole = true}}).outcome == Outcome::kRefuted);
}
