// SPDX-License-Identifier: Apache-2.0
#include "plan/impairment.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

TEST_CASE("A queue that was asked for is kept") {
  CHECK(effective_queue({.rate = BitsPerSecond{1'000'000}, .queue = Bytes{5000}}) == Bytes{5000});
}

TEST_CASE("A queue holds at least a thousand full frames") {
  CHECK(effective_queue({}) == Bytes{1'514'000});
  CHECK(effective_queue({.delay = 10ms, .rate = BitsPerSecond{1'000'000}}) == Bytes{1'514'000});
}

TEST_CASE("A long fat link has a queue of one and a half times its bandwidth-delay product") {
  const Impairment geostationary{
      .delay = 280ms, .jitter = 20ms, .rate = BitsPerSecond{100'000'000}};
  CHECK(effective_queue(geostationary) == Bytes{5'625'000});
}

TEST_CASE("Directions have the names that files and reports use") {
  CHECK(to_string(Direction::kUp) == "up");
  CHECK(to_string(Direction::kDown) == "down");
  CHECK(to_string(FaultDirection::kBoth) == "both");
  CHECK(covers(FaultDirection::kBoth, Direction::kDown));
  CHECK_FALSE(covers(FaultDirection::kUp, Direction::kDown));
}
