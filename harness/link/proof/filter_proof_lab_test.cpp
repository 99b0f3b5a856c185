// SPDX-License-Identifier: Apache-2.0
#include <span>
#include <thread>

#include "base/pressure.hpp"
#include "base/testing/catch.hpp"
#include "link/proof/prover.hpp"
#include "link/testing/staged_line.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;
using Outcome = Proof::Outcome;

#define NEEDS_LAB() \
  if (const auto reason = why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason)

namespace {

/// A line whose stage is about `laid`, proven as if it were about `claimed`.
struct ProvenStage {
  StagedLine line;
  Prover prover{line.rig.router, Rig::kPort, line.rig.isp, Rig::kPort};
  LinkState state;

  ProvenStage(Engine engine, const TrafficFilter& laid, const TrafficFilter& claimed)
      : line{engine, {laid}, {.delay = 2ms}},
        state{.up = {.delay = 2ms}, .stages = {{.filter = claimed}}} {}

  Proof change(const Impairment& up, const Impairment& applied) {
    auto wanted = state;
    wanted.stages[0].up = up;
    line.change(0, Direction::kUp, applied);
    ChangeProof proof{prover, state, wanted};
    proof.start(look_now());
    state = wanted;
    for (;;) {
      const auto result = proof.poll(look_now());
      if (result.outcome != Outcome::kPending) return result;
      std::this_thread::sleep_for(1ms);
    }
  }
};

}  // namespace

TEST_CASE("Every filtered fault is proven with what matches, and so is its end", "[filter]") {
  NEEDS_LAB();
  const Impairment faults[] = {{.blackhole = true},
                               {.loss = Percent{30}},
                               {.delay = 40ms},
                               {.delay = 30ms, .jitter = 15ms},
                               {.rate = BitsPerSecond{2'000'000}},
                               {.delay = 40ms, .reorder = {.share = Percent{25}}},
                               {.duplicate = {.share = Percent{25}}},
                               {.corrupt = {.share = Percent{25}}}};
  const TrafficFilter filters[] = {{.protocol = "udp", .port = {5060, 5060}},
                                   {.family = "ipv6", .protocol = "icmp"},
                                   {.dscp = 46, .max_size = Bytes{300}}};
  for (const auto engine : engines())
    for (const auto& filter : filters) {
      ProvenStage stage{engine, filter, filter};
      // Every fault once, and the first ones with every filter.
      for (const auto& fault :
           std::span{faults}.first(&filter == filters ? std::size(faults) : 2)) {
        INFO(to_string(engine) << " " << to_string(filter));
        const auto proof = stage.change(fault, fault);
        INFO(proof.detail);
        CHECK(proof.outcome == Outcome::kProven);
        CHECK(proof.observed.has_value());
        const auto restored = stage.change({}, {});
        INFO(restored.detail);
        CHECK(restored.outcome == Outcome::kProven);
      }
    }
}

TEST_CASE("A filter that takes too much, or too little, is refuted", "[filter]") {
  NEEDS_LAB();
  const TrafficFilter sip{.protocol = "udp", .port = {5060, 5060}};
  for (const auto engine : engines())
    for (const auto& laid : {TrafficFilter{.protocol = "udp"}, TrafficFilter{.family = "ipv6"},
                             TrafficFilter{.protocol = "udp", .port = {5061, 5061}}}) {
      INFO(to_string(engine) << " " << to_string(laid));
      ProvenStage stage{engine, laid, sip};
      CHECK(stage.change({.blackhole = true}, {.blackhole = true}).outcome == Outcome::kRefuted);
    }
}

TEST_CASE("A filtered fault that did not come, or did not go, is refuted", "[filter]") {
  NEEDS_LAB();
  const TrafficFilter sip{.protocol = "udp", .port = {5060, 5060}};
  for (const auto engine : engines()) {
    INFO(to_string(engine));
    ProvenStage stage{engine, sip, sip};
    CHECK(stage.change({.delay = 40ms}, {}).outcome == Outcome::kRefuted);
    CHECK(stage.change({}, {}).outcome == Outcome::kProven);
    CHECK(stage.change({.blackhole = true}, {.blackhole = true}).outcome == Outcome::kProven);
    CHECK(stage.change({}, {.blackhole = true}).outcome == Outcome::kRefuted);
  }
}
