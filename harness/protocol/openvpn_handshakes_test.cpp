// SPDX-License-Identifier: Apache-2.0
#include "protocol/openvpn_handshakes.hpp"

#include <vector>

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

using Payload = std::vector<std::uint8_t>;

const Payload kAnswer{0, 14, 8 << 3, 1, 2, 3, 4, 5, 6, 7, 8};
const Payload kHello{0, 14, 7 << 3, 1, 2, 3, 4, 5, 6, 7, 8};
/// The rest of a message that holds by chance what an answer begins with.
const Payload kAmidst{77, 78, 8 << 3, 9, 9, 9, 9, 9, 9, 9, 9};

IpPacket from_server(std::uint32_t sequence, const Payload& payload, std::uint16_t client = 40000) {
  return {.source = *IpAddress::parse("203.0.113.20"),
          .destination = *IpAddress::parse("192.0.2.1"),
          .protocol = kProtocolTcp,
          .source_port = 1194,
          .destination_port = client,
          .payload = payload,
          .tcp_sequence = sequence};
}

IpPacket syn(std::uint32_t sequence, std::uint16_t client = 40000) {
  static const Payload nothing;
  auto packet = from_server(sequence, nothing, client);
  packet.is_tcp_syn = true;
  return packet;
}

IpPacket datagram(const Payload& payload) {
  auto packet = from_server(0, payload);
  packet.protocol = kProtocolUdp;
  return packet;
}

}  // namespace

TEST_CASE("Over TCP only what begins a connection begins a handshake", "[openvpn_handshakes]") {
  OpenvpnHandshakes tunnel;
  CHECK(tunnel.read(syn(1000)) == TunnelMessage::kOther);
  CHECK(tunnel.read(from_server(1001, kAnswer)) == TunnelMessage::kResponse);
  CHECK(tunnel.read(from_server(1012, kAmidst)) == TunnelMessage::kOther);
  CHECK(tunnel.read(from_server(1023, kAmidst)) == TunnelMessage::kOther);
}

TEST_CASE("An answer that is sent again over TCP is one", "[openvpn_handshakes]") {
  OpenvpnHandshakes tunnel;
  tunnel.read(syn(0xffffffff));
  CHECK(tunnel.read(from_server(0, kAnswer)) == TunnelMessage::kResponse);
  tunnel.read(syn(0xffffffff));
  CHECK(tunnel.read(from_server(0, kAnswer)) == TunnelMessage::kOther);
}

TEST_CASE("Each connection has its handshake, also from the same port", "[openvpn_handshakes]") {
  OpenvpnHandshakes tunnel;
  tunnel.read(syn(1000));
  CHECK(tunnel.read(from_server(1001, kAnswer)) == TunnelMessage::kResponse);
  tunnel.read(syn(5000));
  CHECK(tunnel.read(from_server(5001, kAnswer)) == TunnelMessage::kResponse);
  tunnel.read(syn(7000, 40001));
  CHECK(tunnel.read(from_server(7001, kHello, 40001)) == TunnelMessage::kInitiation);
}

TEST_CASE("Of a connection whose beginning was not seen nothing is said", "[openvpn_handshakes]") {
  OpenvpnHandshakes tunnel;
  CHECK(tunnel.read(from_server(1001, kAmidst)) == TunnelMessage::kOther);
}

TEST_CASE("An answer that is sent again over UDP is one", "[openvpn_handshakes]") {
  OpenvpnHandshakes tunnel;
  const Payload answer{8 << 3, 1, 2, 3, 4, 5, 6, 7, 8};
  const Payload next{8 << 3, 1, 2, 3, 4, 5, 6, 7, 9};
  CHECK(tunnel.read(datagram(answer)) == TunnelMessage::kResponse);
  CHECK(tunnel.read(datagram(answer)) == TunnelMessage::kOther);
  CHECK(tunnel.read(datagram(next)) == TunnelMessage::kResponse);
  CHECK(tunnel.read(datagram({9 << 3, 1})) == TunnelMessage::kData);
}

}  // namespace wandrill
