// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/media_latch.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

const IpAddress kA = *IpAddress::parse("100.64.1.2");
const IpAddress kB = *IpAddress::parse("100.64.2.2");
const SocketAddress kOld{kA, 20000};
const SocketAddress kNew{kB, 20000};

/// A call whose voice comes every 20 ms.
class Call {
 public:
  explicit Call(const MediaLatch::Rules& rules) : latch{rules} { latch.signalled(kA, now); }

  bool hears(const SocketAddress& source) {
    now += 20ms;
    return latch.offer(source, sequence++, now);
  }
  int heard_of(int packets, const SocketAddress& source) {
    int heard = 0;
    for (int i = 0; i < packets; ++i)
      heard += hears(source) ? 1 : 0;
    return heard;
  }
  [[nodiscard]] bool sends_to(const IpAddress& address) const {
    return latch.peer() != nullptr && latch.peer()->address() == address;
  }

  MediaLatch latch;
  RunInstant now{};
  std::uint64_t sequence = 0;
};

MediaLatch::Rules latching(std::uint32_t learn_after, Nanos learn_for = 0s,
                           bool strangers = false) {
  return {MediaPeer::kLatching, learn_after, learn_for, strangers};
}

}  // namespace

TEST_CASE("A latching peer follows after some packets in a row from the new address",
          "[media_latch]") {
  Call call{latching(4)};
  CHECK(call.hears(kOld));
  CHECK(call.heard_of(3, kNew) == 0);
  CHECK(call.sends_to(kA));
  CHECK(call.hears(kNew));
  CHECK(call.sends_to(kB));
}

TEST_CASE("A packet from the old address makes it count anew", "[media_latch]") {
  Call call{latching(2)};
  CHECK(call.hears(kOld));
  CHECK_FALSE(call.hears(kNew));
  CHECK(call.hears(kOld));
  CHECK_FALSE(call.hears(kNew));
  CHECK(call.sends_to(kA));
}

TEST_CASE("Who learns for a while after signalling follows then, and no longer", "[media_latch]") {
  Call early{latching(4, 5s)};
  CHECK(early.hears(kOld));
  CHECK(early.heard_of(10, kNew) == 7);
  CHECK(early.sends_to(kB));
  Call late{latching(4, 5s)};
  late.heard_of(250, kOld);  // 5 s
  CHECK(late.heard_of(100, kNew) == 0);
  CHECK(late.sends_to(kA));
  // Signalling opens it again.
  late.latch.signalled(kB, late.now);
  CHECK(late.hears(kNew));
  CHECK(late.sends_to(kB));
}

TEST_CASE("Who hears strangers hears them without sending to them", "[media_latch]") {
  Call call{latching(1, 3s, true)};
  call.heard_of(150, kOld);  // 3 s
  CHECK(call.heard_of(100, kNew) == 100);
  CHECK(call.sends_to(kA));
}

TEST_CASE("Who follows a single packet within the time follows back as well", "[media_latch]") {
  Call call{latching(1, 3s, true)};
  CHECK(call.hears(kOld));
  CHECK(call.hears(kNew));
  CHECK(call.sends_to(kB));
  CHECK(call.hears(kOld));
  CHECK(call.sends_to(kA));
}

TEST_CASE("A peer that hands over follows at once, and not back to what was held up",
          "[media_latch]") {
  Call call{{.peer = MediaPeer::kHandover}};
  call.sequence = 5;
  CHECK(call.hears(kOld));
  call.now += 60s;
  CHECK(call.hears(kNew));
  call.sequence = 3;
  CHECK(call.hears(kOld));
  CHECK(call.sends_to(kB));
}

TEST_CASE("A strict peer hears nobody but whom the call was signalled from", "[media_latch]") {
  Call call{{.peer = MediaPeer::kStrict}};
  call.latch.signalled(kB, call.now);
  CHECK_FALSE(call.hears(kOld));
  CHECK(call.latch.peer() == nullptr);
  CHECK(call.hears(kNew));
  CHECK_FALSE(call.hears({kB, 20001}));
}

TEST_CASE("A peer that wants a re-INVITE moves by it", "[media_latch]") {
  Call call{{.peer = MediaPeer::kReinvite}};
  CHECK(call.hears(kOld));
  CHECK_FALSE(call.hears(kNew));
  call.latch.signalled(kB, call.now);
  CHECK(call.hears(kNew));
  CHECK(call.sends_to(kB));
}

}  // namespace wandrill
