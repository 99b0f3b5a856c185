// SPDX-License-Identifier: Apache-2.0
#include "traffic/tester/realtime_offset.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

TEST_CASE("A realtime stamp is the monotonic instant plus the offset") {
  const RealtimeOffset offset{1000s};
  CHECK(offset.monotonic(timespec{1003, 500}) == Clock::time_point{3s + 500ns});
}

TEST_CASE("A stamp of now is now") {
  const RealtimeOffset offset;
  timespec realtime{};
  const auto before = Clock::now();
  ::clock_gettime(CLOCK_REALTIME, &realtime);
  const auto after = Clock::now();
  CHECK(offset.monotonic(realtime) >= before - 1ms);
  CHECK(offset.monotonic(realtime) <= after + 1ms);
}

TEST_CASE("The noise of reading clocks is no step") {
  RealtimeOffset offset{1000s};
  CHECK_FALSE(offset.follow(1000s + 400us));
  CHECK_FALSE(offset.follow(1000s - 400us));
  CHECK(offset.monotonic(1001s) == Clock::time_point{1s});
}

TEST_CASE("A wall clock that was set is noticed once and followed") {
  RealtimeOffset offset{1000s};
  CHECK(offset.follow(997s) == -3s);
  CHECK_FALSE(offset.follow(997s));
  CHECK(offset.monotonic(998s) == Clock::time_point{1s});
}

}  // namespace
}  // namespace wandrill
