// SPDX-License-Identifier: Apache-2.0
#include "traffic/media_latch.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

const IpAddress kA = *IpAddress::parse("100.64.1.2");
const IpAddress kB = *IpAddress::parse("100.64.2.2");
const SocketAddress kOld{kA, 20000};
const SocketAddress kNew{kB, 20000};

}  // namespace

TEST_CASE("A latching peer follows after some packets in a row from the new address",
          "[media_latch]") {
  MediaLatch latch{MediaPeer::kLatching, 4};
  latch.signalled(kA);
  CHECK(latch.offer(kOld, 0));
  for (std::uint64_t i = 1; i < 4; ++i)
    CHECK_FALSE(latch.offer(kNew, i));
  CHECK(latch.peer()->address() == kA);
  CHECK(latch.offer(kNew, 4));
  CHECK(latch.peer()->address() == kB);
}

TEST_CASE("A packet from the old address makes it count anew", "[media_latch]") {
  MediaLatch latch{MediaPeer::kLatching, 2};
  CHECK(latch.offer(kOld, 0));
  CHECK_FALSE(latch.offer(kNew, 1));
  CHECK(latch.offer(kOld, 2));
  CHECK_FALSE(latch.offer(kNew, 3));
  CHECK(latch.peer()->address() == kA);
}

TEST_CASE("A peer that hands over follows at once, and not back to what was held up",
          "[media_latch]") {
  MediaLatch latch{MediaPeer::kHandover, 1};
  CHECK(latch.offer(kOld, 5));
  CHECK(latch.offer(kNew, 6));
  CHECK(latch.offer(kOld, 3));
  CHECK(latch.peer()->address() == kB);
}

TEST_CASE("A strict peer hears nobody but whom the call was signalled from", "[media_latch]") {
  MediaLatch latch{MediaPeer::kStrict, 1};
  latch.signalled(kB);
  CHECK_FALSE(latch.offer(kOld, 0));
  CHECK(latch.peer() == nullptr);
  CHECK(latch.offer(kNew, 1));
  CHECK_FALSE(latch.offer({kB, 20001}, 2));
}

TEST_CASE("A peer that wants a re-INVITE moves by it", "[media_latch]") {
  MediaLatch latch{MediaPeer::kReinvite, 1};
  latch.signalled(kA);
  CHECK(latch.offer(kOld, 0));
  CHECK_FALSE(latch.offer(kNew, 1));
  latch.signalled(kB);
  CHECK(latch.offer(kNew, 2));
  CHECK(latch.peer()->address() == kB);
}

}  // namespace wandrill
