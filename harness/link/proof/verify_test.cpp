// SPDX-License-Identifier: Apache-2.0
#include "link/proof/verify.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

TEST_CASE("What reads back within a microsecond or a hundredth agrees") {
  CHECK(mismatch({.delay = 20ms}, {.delay = 20ms + 1us}).empty());
  CHECK(mismatch({.delay = 10us}, {.delay = 11us}).empty());
  CHECK(mismatch({.loss = Percent{5}}, {.loss = Percent{5.04}}).empty());
  CHECK(mismatch({.rate = BitsPerSecond{1'000'000}}, {.rate = BitsPerSecond{1'009'000}}).empty());
}

TEST_CASE("What differs is named with both values") {
  CHECK(mismatch({.delay = 20ms}, {.delay = 10ms}) == "delay is 10ms, not 20ms");
  CHECK(mismatch({.delay = 10us}, {.delay = 12us}) == "delay is 12us, not 10us");
  CHECK(mismatch({.jitter = 0ms}, {.jitter = 5ms}) == "jitter is 5ms, not 0s");
  CHECK(mismatch({.loss = Percent{5}}, {}) == "loss is 0%, not 5%");
  CHECK(mismatch({.rate = BitsPerSecond{2'000'000}}, {}) == "rate is 0bit/s, not 2Mbit/s");
  CHECK(mismatch({.queue = Bytes{2000}}, {.queue = Bytes{1000}}) == "queue is 1kB, not 2kB");
  CHECK(mismatch({.blackhole = true}, {}) == "there is no blackhole");
  CHECK(mismatch({}, {.blackhole = true}) == "there is a blackhole");
}
