// SPDX-License-Identifier: Apache-2.0
#include "link/effect.hpp"

#include <functional>

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using Outcome = Proof::Outcome;

namespace {

const Clock::time_point kStart{1h};
constexpr Nanos kLongAfter = 1h;

/// Frames as the pattern of the effect sends them, `batches` of them; `fate` says each one's
/// latency by its number.
std::vector<Observation> frames(const EffectWanted& wanted, int batches,
                                const std::function<std::optional<Nanos>(int)>& fate) {
  const auto pattern = pattern_for(wanted);
  std::vector<Observation> result;
  for (int i = 0; i < batches * pattern.batch; ++i)
    result.push_back(
        {kStart + (i / pattern.batch) * pattern.pause + (i % pattern.batch) * pattern.interval,
         fate(i)});
  return result;
}

Proof judged(const EffectWanted& wanted, int batches,
             const std::function<std::optional<Nanos>(int)>& fate) {
  return judge(wanted, frames(wanted, batches, fate), kStart, kStart + kLongAfter);
}

const EffectWanted kDark{.effect = Effect::kDark,
                         .before = {.delay = 20ms},
                         .after = {.blackhole = true, .delay = 20ms}};
const EffectWanted kDelay{
    .effect = Effect::kDelay, .before = {.delay = 20ms}, .after = {.delay = 50ms}};
const EffectWanted kClean{
    .effect = Effect::kClean, .before = {.delay = 50ms}, .after = {.delay = 20ms}};

}  // namespace

TEST_CASE("A fault in one direction must leave the other clean") {
  const LinkState before;
  const LinkState after{.up = {.blackhole = true}};
  const auto effects = effects_of(before, after);
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].effect == Effect::kDark);
  CHECK(effects[0].direction == Direction::kUp);
  CHECK(effects[0].changed);
  CHECK(effects[1].effect == Effect::kClean);
  CHECK(effects[1].direction == Direction::kDown);
  CHECK_FALSE(effects[1].changed);
}

TEST_CASE("A port without link is dark both ways") {
  const auto effects = effects_of({}, {.router_port_up = false});
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].effect == Effect::kDark);
  CHECK(effects[1].effect == Effect::kDark);
}

TEST_CASE("A restore must be clean again, and what stays dark proves nothing") {
  const LinkState dark{.up = {.blackhole = true}, .down = {.blackhole = true}};
  const auto restored = effects_of(dark, {.up = {.blackhole = true}});
  REQUIRE(restored.size() == 1);
  CHECK(restored[0].effect == Effect::kClean);
  CHECK(restored[0].direction == Direction::kDown);
}

TEST_CASE("A brownout shows in each of its effects") {
  const auto effects = effects_of(
      {},
      {.up = {
           .loss = Percent{5}, .delay = 100ms, .jitter = 20ms, .rate = BitsPerSecond{1'000'000}}});
  std::vector<Effect> up;
  for (const auto& wanted : effects)
    if (wanted.direction == Direction::kUp) up.push_back(wanted.effect);
  CHECK(up == std::vector{Effect::kDelay, Effect::kJitter, Effect::kLoss, Effect::kRate});
}

TEST_CASE("Three frames lost in a row prove a dark line, from the first of them on") {
  const auto proof =
      judged(kDark, 10, [](int i) { return i < 4 ? std::optional<Nanos>{20ms} : std::nullopt; });
  CHECK(proof.outcome == Outcome::kProven);
  CHECK(proof.observed == kStart + 40ms);
  CHECK(proof.detail == "up: 3 frames in a row lost");
}

TEST_CASE("A frame that may still come is not lost") {
  const auto sent = frames(kDark, 5, [](int) { return std::nullopt; });
  CHECK(judge(kDark, sent, kStart, kStart + 60ms).outcome == Outcome::kPending);
  CHECK(judge(kDark, sent, kStart, kStart + 1s).outcome == Outcome::kProven);
}

TEST_CASE("A line on which frames arrive is not dark") {
  const auto proof = judged(kDark, 300, [](int) { return 20ms; });
  CHECK(proof.outcome == Outcome::kRefuted);
  CHECK(proof.detail == "up: frames still arrive; 300 of 300 frames arrived");
}

TEST_CASE("A delay is proven by frames held for it, and refuted by frames that are early") {
  const auto proof = judged(kDelay, 12, [](int) { return 50100us; });
  CHECK(proof.outcome == Outcome::kProven);
  CHECK(proof.observed == kStart);
  CHECK(judged(kDelay, 40, [](int) { return 20ms; }).outcome == Outcome::kRefuted);
  CHECK(judged(kDelay, 40, [](int) { return 49ms; }).outcome == Outcome::kRefuted);
}

TEST_CASE("A stall of 80 ms refutes neither a delay nor a clean line") {
  CHECK(judged(kDelay, 30, [](int i) -> Nanos { return i < 10 ? 130ms : 50ms; }).outcome ==
        Outcome::kProven);
  CHECK(judged(kClean, 20, [](int i) -> Nanos { return i < 10 ? 100ms : 20ms; }).outcome ==
        Outcome::kProven);
}

TEST_CASE("A stall does not pass for a delay") {
  // For 90 ms nothing moves, then everything that was sent arrives at once.
  const auto stalled = [](int i) -> Nanos { return i < 9 ? 90ms - i * 10ms : 20ms; };
  CHECK(judged(kDelay, 30, stalled).outcome == Outcome::kRefuted);
}

TEST_CASE("A delay too small to tell from before is left to the read-back") {
  CHECK(judged({.effect = Effect::kDelay, .after = {.delay = 500us}}, 5, [](int) {
          return 500us;
        }).outcome == Outcome::kUnproven);
}

TEST_CASE("A line is clean only when the old delay has gone and nothing is lost") {
  CHECK(judged(kClean, 50, [](int) { return 50ms; }).outcome == Outcome::kRefuted);
  const auto every_fourth = [](int i) {
    return i % 4 == 0 ? std::nullopt : std::optional<Nanos>{20ms};
  };
  CHECK(judged(kClean, 200, every_fourth).outcome == Outcome::kRefuted);
  const auto proof =
      judged(kClean, 20, [](int i) { return i < 6 ? std::nullopt : std::optional<Nanos>{20ms}; });
  CHECK(proof.outcome == Outcome::kProven);
  CHECK(proof.observed == kStart + 12ms);
}

TEST_CASE("After a loss of a tenth, five good frames do not prove a clean line") {
  const EffectWanted wanted{.effect = Effect::kClean, .before = {.loss = Percent{10}}};
  CHECK(judged(wanted, 60, [](int) { return 0ms; }).outcome == Outcome::kRefuted);
  CHECK(judged(wanted, 66, [](int) { return 0ms; }).outcome == Outcome::kProven);
}

TEST_CASE("A loss is proven by a plausible share of lost frames") {
  const EffectWanted wanted{.effect = Effect::kLoss, .after = {.loss = Percent{20}}};
  const auto lose_every = [](int n) {
    return [n](int i) { return i % n == 1 ? std::nullopt : std::optional<Nanos>{1ms}; };
  };
  const auto proof = judged(wanted, 1, lose_every(5));
  CHECK(proof.outcome == Outcome::kProven);
  CHECK(proof.observed == kStart + 1ms);
  CHECK(proof.detail == "up: 20 of 100 frames lost");
  CHECK(judged(wanted, 2, [](int) { return 1ms; }).outcome == Outcome::kRefuted);
  CHECK(judged(wanted, 2, lose_every(2)).outcome == Outcome::kRefuted);
  CHECK(judged({.effect = Effect::kLoss, .after = {.loss = Percent{1}}}, 1, lose_every(100))
            .outcome == Outcome::kUnproven);
}

TEST_CASE("Jitter is proven by delays that spread, not by one stall") {
  const EffectWanted wanted{.effect = Effect::kJitter, .after = {.delay = 20ms, .jitter = 10ms}};
  CHECK(judged(wanted, 1, [](int i) { return 10ms + (i * 7 % 20) * 1ms; }).outcome ==
        Outcome::kProven);
  CHECK(judged(wanted, 2, [](int i) { return i % 30 == 3 ? 60ms : 20ms; }).outcome ==
        Outcome::kRefuted);
}

TEST_CASE("A rate is proven by a burst that spreads, not by one stall") {
  const EffectWanted wanted{.effect = Effect::kRate, .after = {.rate = BitsPerSecond{1'000'000}}};
  CHECK(judged(wanted, 1, [](int i) { return (i + 1) * 12112us; }).outcome == Outcome::kProven);
  CHECK(judged(wanted, 2, [](int) { return 1ms; }).outcome == Outcome::kRefuted);
  CHECK(judged(wanted, 2, [](int i) { return i % 4 == 0 ? 1ms : 50ms; }).outcome ==
        Outcome::kRefuted);
}

TEST_CASE("A rate is lifted when a burst arrives as one") {
  const EffectWanted wanted{.effect = Effect::kLifted,
                            .before = {.rate = BitsPerSecond{1'000'000}}};
  CHECK(judged(wanted, 1, [](int) { return 1ms; }).outcome == Outcome::kProven);
  const auto spread = [](int i) { return (i % 5 + 1) * 12112us; };
  CHECK(judged(wanted, 2, spread).outcome == Outcome::kRefuted);
}

TEST_CASE("A busy tester is no evidence of a rate that stayed") {
  const EffectWanted wanted{.effect = Effect::kLifted,
                            .before = {.delay = 20ms, .rate = BitsPerSecond{1'000'000}},
                            .after = {.delay = 20ms}};
  const auto spread_by = [&](Nanos apart, const std::function<Nanos(int)>& latency) {
    const auto size = pattern_for(wanted).batch;
    auto sent = frames(wanted, 3, [&](int i) { return latency(i % size); });
    for (int i = 0; i < static_cast<int>(sent.size()); ++i)
      sent[static_cast<std::size_t>(i)].sent += i % size * apart;
    return judge(wanted, sent, kStart, kStart + kLongAfter);
  };
  // The sender was held up between its frames: nothing would have waited at the old rate either.
  CHECK(spread_by(13ms, [](int) { return 20ms; }).outcome == Outcome::kUnproven);
  // Whatever was late, the last frames came before the old rate could have let them out.
  CHECK(spread_by(0ms, [](int i) { return i < 2 ? 45ms : 46ms; }).outcome == Outcome::kProven);
  CHECK(spread_by(2ms, [](int) { return 21ms; }).outcome == Outcome::kProven);
  CHECK(spread_by(2ms, [](int i) { return 20ms + (i + 1) * 10200us; }).outcome ==
        Outcome::kRefuted);
}

TEST_CASE("A tester that hardly got to send refutes nothing") {
  const auto sent = frames(kDelay, 4, [](int) { return 20ms; });
  const auto patience = pattern_for(kDelay).patience;
  CHECK(judge(kDelay, sent, kStart, kStart + 2 * patience).outcome == Outcome::kPending);
  const auto given_up = judge(kDelay, sent, kStart, kStart + 5 * patience);
  CHECK(given_up.outcome == Outcome::kUnproven);
  CHECK(given_up.detail == "up: the tester was too busy to tell");
}

TEST_CASE("An effect that does not show is given up later on a machine that stalls") {
  const auto sent = frames(kDelay, 40, [](int) { return 20ms; });
  const auto patience = pattern_for(kDelay).patience;
  const auto outcome_after = [&](Nanos time, Nanos lost) {
    return judge(kDelay, sent, kStart, kStart + time, lost).outcome;
  };
  CHECK(outcome_after(patience + 1ms, 0ms) == Outcome::kRefuted);
  CHECK(outcome_after(patience + 1ms, 1ms) == Outcome::kPending);
  CHECK(outcome_after(2 * patience, patience) == Outcome::kPending);
  CHECK(outcome_after(2 * patience + 1ms, patience) == Outcome::kRefuted);
  CHECK(outcome_after(3 * patience, 3 * patience) == Outcome::kPending);
  CHECK(outcome_after(3 * patience + 1ms, 3 * patience) == Outcome::kRefuted);
}

TEST_CASE("What shows is proven on a machine that stalls as on any other") {
  const auto sent = frames(kDelay, 40, [](int) { return 50ms; });
  const auto calm = judge(kDelay, sent, kStart, kStart + 1s);
  const auto stalled = judge(kDelay, sent, kStart, kStart + 1s, 1s);
  CHECK(calm.outcome == Outcome::kProven);
  CHECK(stalled.outcome == Outcome::kProven);
  CHECK(stalled.observed == calm.observed);
  CHECK(stalled.detail == calm.detail);
}

TEST_CASE("Reordered, doubled and damaged frames are proven by their share, and refuted without") {
  const auto judged_with = [](const EffectWanted& wanted, auto&& touch) {
    auto sent = frames(wanted, 2, [&](int) { return wanted.after.delay + 1ms; });
    for (std::size_t i = 0; i < sent.size(); ++i)
      if (i % 5 == 1) touch(sent[i]);
    return judge(wanted, sent, kStart, kStart + kLongAfter);
  };
  const EffectWanted reorder{.effect = Effect::kReorder,
                             .after = {.delay = 20ms, .reorder = {.share = Percent{20}}}};
  const EffectWanted duplicate{.effect = Effect::kDuplicate,
                               .after = {.duplicate = {.share = Percent{20}}}};
  const EffectWanted corrupt{.effect = Effect::kCorrupt,
                             .after = {.corrupt = {.share = Percent{20}}}};
  const auto early = [](Observation& frame) { frame.latency = 1ms; };
  const auto twice = [](Observation& frame) { frame.copies = 2; };
  const auto damaged = [](Observation& frame) { frame.damaged = true; };
  const auto nothing = [](Observation&) {};
  CHECK(judged_with(reorder, early).detail == "up: 20 of 100 frames early");
  CHECK(judged_with(duplicate, twice).detail == "up: 20 of 100 frames doubled");
  CHECK(judged_with(corrupt, damaged).detail == "up: 20 of 100 frames damaged");
  for (const auto& wanted : {reorder, duplicate, corrupt})
    CHECK(judged_with(wanted, nothing).outcome == Outcome::kRefuted);
}

TEST_CASE("A line is not clean while frames still come twice or damaged") {
  const EffectWanted wanted{
      .effect = Effect::kClean,
      .before = {.duplicate = {.share = Percent{50}}, .corrupt = {.share = Percent{50}}}};
  auto sent = frames(wanted, 60, [](int) { return 1ms; });
  CHECK(judge(wanted, sent, kStart, kStart + kLongAfter).outcome == Outcome::kProven);
  for (std::size_t i = 0; i < sent.size(); i += 2) {
    sent[i].copies = 2;
    if (i + 1 < sent.size()) sent[i + 1].damaged = true;
  }
  CHECK(judge(wanted, sent, kStart, kStart + kLongAfter).outcome == Outcome::kRefuted);
}

TEST_CASE("A change of a chance must show in that chance") {
  const auto effects = effects_of({}, {.up = {.duplicate = {.share = Percent{10}}}});
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].effect == Effect::kDuplicate);
  const auto restored = effects_of({.up = {.duplicate = {.share = Percent{10}}}}, {});
  REQUIRE(restored.size() == 2);
  CHECK(restored[0].effect == Effect::kClean);
  CHECK(restored[0].changed);
}
