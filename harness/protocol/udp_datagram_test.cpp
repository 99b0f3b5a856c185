// SPDX-License-Identifier: Apache-2.0
#include "protocol/udp_datagram.hpp"

#include <vector>

#include "base/testing/catch.hpp"
#include "protocol/ip_packet.hpp"
#include "protocol/transport_checksum.hpp"

using namespace wandrill;

TEST_CASE("A datagram's header has its ports and length, and a checksum that holds") {
  for (const auto& [from, to] :
       {std::pair{"10.0.30.10", "203.0.113.10"}, std::pair{"fd00:0:0:30::10", "2001:db8:f::10"}}) {
    const auto source = *IpAddress::parse(from);
    const auto destination = *IpAddress::parse(to);
    std::vector<std::uint8_t> datagram(kUdpHeaderBytes + 5, 0xab);
    write_udp_header({.source = 0x1234, .destination = 53}, source, destination, datagram);
    const std::vector<std::uint8_t> start(datagram.begin(), datagram.begin() + 6);
    CHECK(start == std::vector<std::uint8_t>{0x12, 0x34, 0, 53, 0, 13});
    CHECK(datagram[kUdpHeaderBytes] == 0xab);
    // A receiver sums all of it up, the checksum included, and gets all ones: of that 0 is left.
    CHECK(transport_checksum(kProtocolUdp, datagram, source, destination) == 0);
  }
}

TEST_CASE("A checksum that would be 0 is sent as all ones: 0 says that there is none") {
  const auto address = *IpAddress::parse("0.0.0.0");
  std::vector<std::uint8_t> datagram(kUdpHeaderBytes);
  // protocol 17 + length 8 twice + port = 0xffff
  write_udp_header({.source = 0xffff - 17 - 16, .destination = 0}, address, address, datagram);
  CHECK(datagram[6] == 0xff);
  CHECK(datagram[7] == 0xff);
}
