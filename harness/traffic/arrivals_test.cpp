// SPDX-License-Identifier: Apache-2.0
#include "traffic/arrivals.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kInterval = 20ms;
constexpr Nanos kAllowance = 100ms;

RunInstant at(Nanos since_origin) {
  return RunInstant{since_origin};
}

/// Sends packets [first, last), one an interval; those in [lost_from, lost_until) never arrive.
void play(Arrivals& flow, std::uint64_t first, std::uint64_t last, std::uint64_t lost_from = 0,
          std::uint64_t lost_until = 0) {
  for (auto i = first; i < last; ++i) {
    flow.sent(i, at(kInterval * i));
    if (i < lost_from || i >= lost_until) flow.received(i, at(kInterval * i));
  }
}

TEST_CASE("A flow that sent nothing is not lossless") {
  Arrivals flow{kInterval, kAllowance};
  CHECK_FALSE(flow.lossless_since(at(1s)));
  CHECK_FALSE(flow.recent_loss(at(1s)));
}

TEST_CASE("A clean flow is lossless since its first packet") {
  Arrivals flow{kInterval, kAllowance};
  play(flow, 0, 100);
  CHECK(flow.lossless_since(at(2s)) == at(0ms));
  CHECK(flow.recent_loss(at(2s)) == 0.0);
}

TEST_CASE("A packet that may still come spoils nothing, one that is overdue does") {
  Arrivals flow{kInterval, kAllowance};
  play(flow, 0, 51, 50, 51);
  CHECK(flow.lossless_since(at(1s + 99ms)) == at(0ms));
  CHECK_FALSE(flow.lossless_since(at(1s + 101ms)));
}

TEST_CASE("After an outage the flow is lossless since the first packet behind it") {
  Arrivals flow{kInterval, kAllowance};
  play(flow, 0, 100, 30, 40);
  CHECK(flow.lossless_since(at(2s)) == at(40 * kInterval));
}

TEST_CASE("A flow in an outage has no lossless time") {
  Arrivals flow{kInterval, kAllowance};
  play(flow, 0, 100, 30, 100);
  CHECK_FALSE(flow.lossless_since(at(2s + 100ms)));
  CHECK(flow.recent_loss(at(2s + 100ms)) == 1.0);
}

TEST_CASE("Packets may arrive out of order") {
  Arrivals flow{kInterval, kAllowance};
  flow.sent(0, at(0ms));
  flow.sent(1, at(20ms));
  flow.sent(2, at(40ms));
  flow.received(2, at(41ms));
  flow.received(0, at(42ms));
  CHECK(flow.lossless_since(at(50ms)) == at(0ms));
  flow.received(1, at(60ms));
  CHECK(flow.lossless_since(at(1s)) == at(0ms));
}

TEST_CASE("A packet that comes too late is lost, whether or not somebody looked in between") {
  Arrivals flow{kInterval, kAllowance};
  flow.sent(0, at(0ms));
  flow.sent(1, at(20ms));
  flow.received(1, at(21ms));
  flow.received(0, at(101ms));
  CHECK(flow.lossless_since(at(110ms)) == at(20ms));
}

TEST_CASE("A duplicate and a packet never sent change nothing") {
  Arrivals flow{kInterval, kAllowance};
  play(flow, 0, 10);
  flow.received(3, at(201ms));
  flow.received(4000, at(201ms));
  CHECK(flow.lossless_since(at(1s)) == at(0ms));
}

TEST_CASE("The lossless time is kept over more packets than are remembered") {
  Arrivals flow{kInterval, kAllowance};
  play(flow, 0, 200, 100, 110);
  play(flow, 200, 20000);
  CHECK(flow.lossless_since(at(20000 * kInterval)) == at(110 * kInterval));
}

TEST_CASE("A loss is found although nobody asked while it was remembered") {
  Arrivals flow{kInterval, kAllowance};
  play(flow, 0, 20000, 7000, 7001);
  CHECK(flow.lossless_since(at(20000 * kInterval)) == at(7001 * kInterval));
}

TEST_CASE("Recent loss looks at the last second that can be judged") {
  Arrivals flow{kInterval, kAllowance};
  play(flow, 0, 200, 170, 180);
  CHECK(flow.recent_loss(at(4s + 80ms)) == Approx(10.0 / 50));
  CHECK(flow.recent_loss(at(4s + 900ms)) == 0.0);
}

}  // namespace
}  // namespace wandrill
