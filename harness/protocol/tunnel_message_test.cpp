// SPDX-License-Identifier: Apache-2.0
#include "protocol/tunnel_message.hpp"

#include <vector>

#include "base/testing/catch.hpp"

namespace wandrill {

using Bytes = std::vector<std::uint8_t>;

TEST_CASE("WireGuard's messages are told by their type", "[tunnel_message]") {
  CHECK(read_wireguard(Bytes{1, 0, 0, 0, 9}) == TunnelMessage::kInitiation);
  CHECK(read_wireguard(Bytes{2, 0, 0, 0, 9}) == TunnelMessage::kResponse);
  CHECK(read_wireguard(Bytes{3, 0, 0, 0, 9}) == TunnelMessage::kOther);
  CHECK(read_wireguard(Bytes{4, 0, 0, 0, 9}) == TunnelMessage::kData);
}

TEST_CASE("What is no message of WireGuard's is none", "[tunnel_message]") {
  CHECK(read_wireguard(Bytes{}) == TunnelMessage::kOther);
  CHECK(read_wireguard(Bytes{4, 0, 0}) == TunnelMessage::kOther);
  CHECK(read_wireguard(Bytes{4, 0, 1, 0}) == TunnelMessage::kOther);
}

TEST_CASE("OpenVPN's messages are told by their opcode", "[tunnel_message]") {
  CHECK(read_openvpn(Bytes{7 << 3}) == TunnelMessage::kInitiation);
  CHECK(read_openvpn(Bytes{8 << 3}) == TunnelMessage::kResponse);
  CHECK(read_openvpn(Bytes{9 << 3 | 2, 1}) == TunnelMessage::kData);
  CHECK(read_openvpn(Bytes{5 << 3}) == TunnelMessage::kOther);
  CHECK(read_openvpn(Bytes{}) == TunnelMessage::kOther);
}

TEST_CASE("Over TCP a length stands before the message", "[tunnel_message]") {
  CHECK(read_openvpn_segment(Bytes{0, 14, 7 << 3}) == TunnelMessage::kInitiation);
  CHECK(read_openvpn_segment(Bytes{0, 14}) == TunnelMessage::kOther);
}

}  // namespace wandrill
