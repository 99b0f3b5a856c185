// SPDX-License-Identifier: Apache-2.0
#include "protocol/udp_datagram.hpp"

#include "protocol/ip_packet.hpp"
#include "protocol/transport_checksum.hpp"

namespace wandrill {
namespace {

void put_field(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(value & 0xff);
}

}  // namespace

void write_udp_header(const UdpPorts& ports, const IpAddress& source, const IpAddress& destination,
                      std::span<std::uint8_t> datagram) {
  constexpr std::size_t kUdpChecksumAt = 6;
  put_field(datagram, 0, ports.source);
  put_field(datagram, 2, ports.destination);
  put_field(datagram, 4, static_cast<std::uint16_t>(datagram.size()));
  put_field(datagram, kUdpChecksumAt, 0);
  const auto sum = transport_checksum(kProtocolUdp, datagram, source, destination);
  put_field(datagram, kUdpChecksumAt, sum == 0 ? 0xffff : sum);  // 0 says that there is none
}

}  // namespace wandrill
