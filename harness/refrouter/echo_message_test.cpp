// SPDX-License-Identifier: Apache-2.0
#include "refrouter/echo_message.hpp"

#include "base/internet_checksum.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;
using Bytes8 = std::vector<std::uint8_t>;

namespace {

constexpr EchoId kId{.sender = 0x1234, .sequence = 0xabcd};

}  // namespace

TEST_CASE("An ICMP echo request carries its identity and a checksum that sums to zero",
          "[refrouter]") {
  const auto bytes = encode_echo(CheckKind::kIcmp, Family::kIpv4, kId);
  CHECK(bytes[0] == 8);
  CHECK(internet_checksum(bytes) == 0);
  CHECK(Bytes8(bytes.begin() + 4, bytes.end()) == Bytes8{0x12, 0x34, 0xab, 0xcd});
  CHECK(encode_echo(CheckKind::kIcmp, Family::kIpv6, kId) ==
        Bytes8{128, 0, 0, 0, 0x12, 0x34, 0xab, 0xcd});
}

TEST_CASE("An ICMP reply is read behind an IPv4 header of any length", "[refrouter]") {
  Bytes8 packet(24);
  packet[0] = 0x46;
  const Bytes8 reply{0, 0, 0, 0, 0x12, 0x34, 0xab, 0xcd};
  packet.insert(packet.end(), reply.begin(), reply.end());
  CHECK(decode_echo_reply(CheckKind::kIcmp, Family::kIpv4, packet) == kId);
  packet[24] = 8;  // a request
  CHECK_FALSE(decode_echo_reply(CheckKind::kIcmp, Family::kIpv4, packet).has_value());
}

TEST_CASE("An ICMPv6 reply comes without an IP header", "[refrouter]") {
  const Bytes8 reply{129, 0, 0, 0, 0x12, 0x34, 0xab, 0xcd};
  CHECK(decode_echo_reply(CheckKind::kIcmp, Family::kIpv6, reply) == kId);
}

TEST_CASE("A UDP echo is the same both ways", "[refrouter]") {
  const auto bytes = encode_echo(CheckKind::kUdp, Family::kIpv6, kId);
  CHECK(decode_echo_reply(CheckKind::kUdp, Family::kIpv6, bytes) == kId);
  auto strange = bytes;
  strange[0] = 'x';
  CHECK_FALSE(decode_echo_reply(CheckKind::kUdp, Family::kIpv4, strange).has_value());
}

TEST_CASE("Whatever is cut short is no reply", "[refrouter]") {
  const Bytes8 nothing;
  const Bytes8 header_only(20, 0x4f);
  const Bytes8 short_icmp{129, 0, 0, 0};
  CHECK_FALSE(decode_echo_reply(CheckKind::kIcmp, Family::kIpv4, nothing).has_value());
  CHECK_FALSE(decode_echo_reply(CheckKind::kIcmp, Family::kIpv4, header_only).has_value());
  CHECK_FALSE(decode_echo_reply(CheckKind::kIcmp, Family::kIpv6, short_icmp).has_value());
  CHECK_FALSE(decode_echo_reply(CheckKind::kUdp, Family::kIpv4, nothing).has_value());
}
