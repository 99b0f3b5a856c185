// SPDX-License-Identifier: Apache-2.0
#include "traffic/session_payload.hpp"

#include <array>

#include "base/testing/catch.hpp"

namespace wandrill {

TEST_CASE("A payload is read as one of its session's kind, and of no other") {
  constexpr PacketHeader kSent{0x1234, 0x0102030405060708, 0x1112131415161718};
  std::array<std::uint8_t, 64> probe{};
  encode_payload(TrafficKind::kProbe, kSent, probe);
  CHECK(decode_payload(TrafficKind::kProbe, probe) == kSent);
  CHECK_FALSE(decode_payload(TrafficKind::kRtp, probe));
  std::array<std::uint8_t, 64> rtp{};
  encode_payload(TrafficKind::kRtp, kSent, rtp);
  CHECK(decode_payload(TrafficKind::kRtp, rtp) == kSent);
  CHECK_FALSE(decode_payload(TrafficKind::kProbe, rtp));
}

}  // namespace wandrill
