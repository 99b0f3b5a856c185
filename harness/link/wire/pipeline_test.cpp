// SPDX-License-Identifier: Apache-2.0
#include "link/wire/pipeline.hpp"

#include <vector>

#include "base/testing/catch.hpp"
#include "link/testing/frames.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

const Clock::time_point kStart{1h};

std::vector<Pipeline::Disposition> fates(Pipeline& pipeline, int count) {
  testing::Frames frames;
  std::vector<Pipeline::Disposition> result;
  for (int i = 0; i < count; ++i) {
    result.push_back(pipeline.enter(frames.make(), kStart + i * 1ms));
    static_cast<void>(pipeline.take_all());
  }
  return result;
}

Pipeline make(std::uint64_t seed, const char* wan, Direction direction) {
  return Pipeline{{.run = seed, .wan = wan, .direction = direction}};
}

}  // namespace

TEST_CASE("Without an impairment a frame is due when it comes") {
  testing::Frames frames;
  auto pipeline = make(1, "wan_a", Direction::kUp);
  Frame& frame = frames.make();
  CHECK(pipeline.enter(frame, kStart) == Pipeline::Disposition::kAccepted);
  CHECK(pipeline.next_due() == kStart);
  CHECK(pipeline.take_due(kStart) == &frame);
  CHECK(pipeline.take_due(kStart) == nullptr);
}

TEST_CASE("Rate comes before delay") {
  testing::Frames frames;
  auto pipeline = make(1, "wan_a", Direction::kUp);
  pipeline.change({.delay = 10ms, .rate = BitsPerSecond{1'000'000}}, kStart);
  Frame& first = frames.make(125);
  Frame& second = frames.make(125);
  REQUIRE(pipeline.enter(first, kStart) == Pipeline::Disposition::kAccepted);
  REQUIRE(pipeline.enter(second, kStart) == Pipeline::Disposition::kAccepted);
  CHECK(pipeline.next_due() == kStart + 11ms);
  CHECK(pipeline.take_due(kStart + 11ms - 1ns) == nullptr);
  CHECK(pipeline.take_due(kStart + 11ms) == &first);
  CHECK(pipeline.next_due() == kStart + 12ms);
  CHECK(pipeline.take_due(kStart + 1s) == &second);
}

TEST_CASE("What is in force reads back as it was asked for") {
  auto pipeline = make(1, "wan_a", Direction::kUp);
  const Impairment everything{.blackhole = true,
                              .loss = Percent{2.5},
                              .delay = 30ms,
                              .jitter = 5ms,
                              .rate = BitsPerSecond{20'000'000},
                              .queue = Bytes{64'000}};
  pipeline.change(everything, kStart);
  CHECK(pipeline.in_force() == everything);
  pipeline.change({}, kStart);
  CHECK(pipeline.in_force() == Impairment{});
}

TEST_CASE("A blackhole swallows what comes, and lets pass what was in before") {
  testing::Frames frames;
  auto pipeline = make(1, "wan_a", Direction::kUp);
  pipeline.change({.delay = 10ms}, kStart);
  Frame& before = frames.make();
  REQUIRE(pipeline.enter(before, kStart) == Pipeline::Disposition::kAccepted);
  pipeline.change({.blackhole = true, .delay = 10ms}, kStart + 1ms);
  CHECK(pipeline.enter(frames.make(), kStart + 2ms) == Pipeline::Disposition::kBlackholed);
  CHECK(pipeline.take_due(kStart + 10ms) == &before);
}

TEST_CASE("A change keeps the frames under way, in order") {
  testing::Frames frames;
  auto pipeline = make(1, "wan_a", Direction::kUp);
  pipeline.change({.delay = 50ms, .rate = BitsPerSecond{1'000'000}}, kStart);
  std::vector<Frame*> sent;
  for (int i = 0; i < 20; ++i) {
    sent.push_back(&frames.make(125));
    REQUIRE(pipeline.enter(*sent.back(), kStart) == Pipeline::Disposition::kAccepted);
  }
  pipeline.change({.delay = 1ms}, kStart + 10ms);
  sent.push_back(&frames.make(125));
  REQUIRE(pipeline.enter(*sent.back(), kStart + 10ms) == Pipeline::Disposition::kAccepted);
  for (Frame* expected : sent)
    CHECK(pipeline.take_due(kStart + 1s) == expected);
}

TEST_CASE("The same seed and name lose the same frames, another WAN or direction others") {
  const auto run = [](std::uint64_t seed, const char* wan, Direction direction) {
    auto pipeline = make(seed, wan, direction);
    pipeline.change({.loss = Percent{10}, .jitter = 5ms}, kStart);
    return fates(pipeline, 100'000);
  };
  const auto reference = run(5, "wan_a", Direction::kUp);
  CHECK(run(5, "wan_a", Direction::kUp) == reference);
  CHECK(run(6, "wan_a", Direction::kUp) != reference);
  CHECK(run(5, "wan_b", Direction::kUp) != reference);
  CHECK(run(5, "wan_a", Direction::kDown) != reference);
}

TEST_CASE("A change of the delay alone does not restart the losses") {
  auto changed = make(5, "wan_a", Direction::kUp);
  auto steady = make(5, "wan_a", Direction::kUp);
  changed.change({.loss = Percent{10}}, kStart);
  steady.change({.loss = Percent{10}}, kStart);
  auto with_change = fates(changed, 100);
  changed.change({.loss = Percent{10}, .delay = 5ms}, kStart + 100ms);
  for (const auto fate : fates(changed, 100))
    with_change.push_back(fate);
  CHECK(with_change == fates(steady, 200));
}

TEST_CASE("Each new loss has a sequence of its own, the same in every run") {
  const auto second_loss = [] {
    auto pipeline = make(5, "wan_a", Direction::kUp);
    pipeline.change({.loss = Percent{10}}, kStart);
    const auto first = fates(pipeline, 1000);
    pipeline.change({}, kStart);
    pipeline.change({.loss = Percent{10}}, kStart);
    const auto second = fates(pipeline, 1000);
    CHECK(first != second);
    return second;
  };
  CHECK(second_loss() == second_loss());
}

TEST_CASE("Frames that overtake are held by neither rate nor delay") {
  testing::Frames frames;
  auto pipeline = make(1, "wan_a", Direction::kUp);
  pipeline.change({.delay = 10ms, .rate = BitsPerSecond{1'000'000}}, kStart);
  Frame& held = frames.make();
  REQUIRE(pipeline.enter(held, kStart) == Pipeline::Disposition::kAccepted);
  pipeline.change(
      {.delay = 10ms, .rate = BitsPerSecond{1'000'000}, .reorder = {.share = Percent{100}}},
      kStart);
  Frame& fast = frames.make();
  CHECK(pipeline.enter(fast, kStart + 1ms) == Pipeline::Disposition::kOvertakes);
  CHECK(pipeline.next_due() == kStart + 1ms);
  CHECK(pipeline.take_due(kStart + 1ms) == &fast);
  CHECK(pipeline.take_due(kStart + 1s) == &held);
  CHECK(pipeline.take_due(kStart + 1s) == nullptr);
}

TEST_CASE("A blackhole doubles nothing") {
  testing::Frames frames;
  auto pipeline = make(1, "wan_a", Direction::kUp);
  pipeline.change({.duplicate = {.share = Percent{100}}}, kStart);
  CHECK(pipeline.doubles(frames.make()));
  pipeline.change({.blackhole = true, .duplicate = {.share = Percent{100}}}, kStart);
  CHECK_FALSE(pipeline.doubles(frames.make()));
}

TEST_CASE("Every chance reads back as it was asked for") {
  auto pipeline = make(1, "wan_a", Direction::kUp);
  const Impairment everything{.loss = Percent{2.5},
                              .loss_correlation = Percent{25},
                              .bursts = {.enter = Percent{1}, .leave = Percent{20}},
                              .delay = 30ms,
                              .jitter = 5ms,
                              .jitter_correlation = Percent{50},
                              .reorder = {Percent{10}, Percent{30}},
                              .duplicate = {Percent{5}, Percent{20}},
                              .corrupt = {Percent{1}, Percent{10}}};
  pipeline.change(everything, kStart);
  CHECK(pipeline.in_force() == everything);
  pipeline.change({}, kStart);
  CHECK(pipeline.in_force() == Impairment{});
}
