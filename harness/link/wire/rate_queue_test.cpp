// SPDX-License-Identifier: Apache-2.0
#include "link/wire/rate_queue.hpp"

#include "base/testing/catch.hpp"
#include "link/testing/frames.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

const Clock::time_point kStart{1h};
constexpr BitsPerSecond kMegabit{1'000'000};
constexpr std::uint32_t kMillisecond = 125;  ///< Bytes that take 1 ms at 1 Mbit/s.

}  // namespace

TEST_CASE("A frame leaves when its last bit is on the line") {
  testing::Frames frames;
  RateQueue queue;
  queue.change(kMegabit, Bytes{10'000}, kStart);
  REQUIRE(queue.push(frames.make(kMillisecond), kStart));
  CHECK(queue.next() == kStart + 1ms);
  CHECK(queue.pop().at == kStart + 1ms);
  CHECK_FALSE(queue.next().has_value());
}

TEST_CASE("Frames that come at once leave one after the other") {
  testing::Frames frames;
  RateQueue queue;
  queue.change(kMegabit, Bytes{10'000}, kStart);
  for (int i = 0; i < 3; ++i)
    REQUIRE(queue.push(frames.make(kMillisecond), kStart));
  CHECK(queue.pop().at == kStart + 1ms);
  CHECK(queue.pop().at == kStart + 2ms);
  CHECK(queue.pop().at == kStart + 3ms);
}

TEST_CASE("A line that was idle owes nothing") {
  testing::Frames frames;
  RateQueue queue;
  queue.change(kMegabit, Bytes{10'000}, kStart);
  REQUIRE(queue.push(frames.make(kMillisecond), kStart));
  CHECK(queue.pop().at == kStart + 1ms);
  REQUIRE(queue.push(frames.make(kMillisecond), kStart + 1s));
  CHECK(queue.pop().at == kStart + 1001ms);
}

TEST_CASE("A full queue refuses a frame, an empty one takes any") {
  testing::Frames frames;
  RateQueue queue;
  queue.change(kMegabit, Bytes{250}, kStart);
  CHECK(queue.push(frames.make(1500), kStart));
  CHECK_FALSE(queue.push(frames.make(100), kStart));
  queue.pop();
  CHECK(queue.push(frames.make(125), kStart));
  CHECK(queue.push(frames.make(125), kStart));
  CHECK_FALSE(queue.push(frames.make(1), kStart));
}

TEST_CASE("A change of rate holds for frames that wait, and for the rest of the one on the line") {
  testing::Frames frames;
  RateQueue queue;
  queue.change(kMegabit, Bytes{10'000}, kStart);
  REQUIRE(queue.push(frames.make(kMillisecond * 10), kStart));
  REQUIRE(queue.push(frames.make(kMillisecond * 10), kStart));
  queue.change(BitsPerSecond{10'000'000}, Bytes{10'000}, kStart + 5ms);
  CHECK(queue.pop().at == kStart + 5500us);
  CHECK(queue.pop().at == kStart + 6500us);
}

TEST_CASE("A queue empties at once when the rate is lifted") {
  testing::Frames frames;
  RateQueue queue;
  queue.change(BitsPerSecond{1000}, Bytes{10'000}, kStart);
  REQUIRE(queue.push(frames.make(1000), kStart));
  REQUIRE(queue.push(frames.make(1000), kStart));
  queue.change(BitsPerSecond{0}, Bytes{10'000}, kStart + 1s);
  CHECK(queue.pop().at == kStart + 1s);
  CHECK(queue.pop().at == kStart + 1s);
}
