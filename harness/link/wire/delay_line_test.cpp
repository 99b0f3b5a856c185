// SPDX-License-Identifier: Apache-2.0
#include "link/wire/delay_line.hpp"

#include <algorithm>
#include <vector>

#include "base/testing/catch.hpp"
#include "link/testing/frames.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

const Clock::time_point kStart{1h};

/// How long each of `count` frames is held that come `interval` apart.
std::vector<Nanos> holds(std::uint64_t seed, int count, Nanos interval, bool with_proofs = false) {
  testing::Frames frames;
  DelayLine line;
  line.seed(seed);
  line.change(20ms, 15ms);
  std::vector<Nanos> result;
  for (int i = 0; i < count; ++i) {
    const auto entered = kStart + i * interval;
    if (with_proofs && i % 5 == 0) {
      line.push(frames.make(60, true), entered - 50ms);
      line.pop();
    }
    Frame& frame = frames.make();
    line.push(frame, entered);
    result.push_back(frame.at - entered);
  }
  return result;
}

}  // namespace

TEST_CASE("A frame is held for the delay") {
  testing::Frames frames;
  DelayLine line;
  line.change(20ms, 0ms);
  line.push(frames.make(), kStart);
  CHECK(line.front()->at == kStart + 20ms);
}

TEST_CASE("Jitter varies the delay uniformly by as much as it says") {
  const auto sparse = holds(3, 10'000, 100ms);
  CHECK(*std::min_element(sparse.begin(), sparse.end()) >= 5ms);
  CHECK(*std::min_element(sparse.begin(), sparse.end()) < 5100us);
  CHECK(*std::max_element(sparse.begin(), sparse.end()) <= 35ms);
  CHECK(*std::max_element(sparse.begin(), sparse.end()) > 34900us);
  const auto below = std::count_if(sparse.begin(), sparse.end(), [](Nanos d) { return d < 20ms; });
  CHECK(below > 4750);
  CHECK(below < 5250);
}

TEST_CASE("Jitter keeps the order of frames") {
  testing::Frames frames;
  DelayLine line;
  line.seed(3);
  line.change(20ms, 20ms);
  Clock::time_point last{};
  for (int i = 0; i < 10'000; ++i) {
    line.push(frames.make(), kStart + i * 1ms);
    const Frame& frame = line.pop();
    CHECK(frame.at >= last);
    last = frame.at;
  }
}

TEST_CASE("Jitter larger than the delay never sends into the past") {
  testing::Frames frames;
  DelayLine line;
  line.change(1ms, 10ms);
  CHECK(line.shortest() == 0ms);
  for (int i = 0; i < 1000; ++i) {
    const auto entered = kStart + i * 100ms;
    line.push(frames.make(), entered);
    CHECK(line.pop().at >= entered);
  }
}

TEST_CASE("The same seed varies the delay in the same way") {
  CHECK((holds(9, 100'000, 100ms) == holds(9, 100'000, 100ms)));
  CHECK((holds(9, 1000, 100ms) != holds(8, 1000, 100ms)));
}

TEST_CASE("The Prover's frames do not shift the jitter of the traffic") {
  CHECK((holds(9, 1000, 100ms, true) == holds(9, 1000, 100ms)));
}

TEST_CASE("A shorter delay does not let later frames overtake") {
  testing::Frames frames;
  DelayLine line;
  line.change(100ms, 0ms);
  line.push(frames.make(), kStart);
  line.change(10ms, 0ms);
  Frame& later = frames.make();
  line.push(later, kStart + 5ms);
  CHECK(later.at == kStart + 100ms);
}
