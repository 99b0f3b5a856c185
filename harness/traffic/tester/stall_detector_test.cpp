// SPDX-License-Identifier: Apache-2.0
#include "traffic/tester/stall_detector.hpp"

#include "base/testing/catch.hpp"
#include "traffic/udp/udp_end.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

Clock::time_point at(Nanos since_zero) {
  return Clock::time_point{since_zero};
}

TEST_CASE("A tick that runs within the tolerance is no stall") {
  StallDetector detector;
  CHECK_FALSE(detector.tick(at(5ms), at(5ms)));
  CHECK_FALSE(detector.tick(at(10ms), at(20ms)));
}

TEST_CASE("A stall reaches from the tick's due time to its run") {
  StallDetector detector;
  detector.tick(at(5ms), at(5ms));
  const auto stall = detector.tick(at(10ms), at(45ms));
  REQUIRE(stall);
  CHECK(stall->at == at(10ms));
  CHECK(stall->until == at(45ms));
}

TEST_CASE("The ticks missed in a stall do not tell it again, the next stall is told") {
  StallDetector detector;
  CHECK(detector.tick(at(10ms), at(45ms)));
  for (auto due = 15ms; due <= 45ms; due += 5ms)
    CHECK_FALSE(detector.tick(at(due), at(45ms)));
  CHECK_FALSE(detector.tick(at(50ms), at(50ms)));
  CHECK(detector.tick(at(55ms), at(80ms)));
}

TEST_CASE("A schedule that is entered late keeps its grid") {
  CHECK(next_on_schedule(at(3ms), 20ms, at(0ms)) == at(3ms));
  CHECK(next_on_schedule(at(3ms), 20ms, at(3ms)) == at(3ms));
  CHECK(next_on_schedule(at(3ms), 20ms, at(4ms)) == at(23ms));
  CHECK(next_on_schedule(at(3ms), 20ms, at(23ms)) == at(23ms));
  CHECK(next_on_schedule(at(3ms), 20ms, at(23ms + 1ns)) == at(43ms));
}

}  // namespace
}  // namespace wandrill
