// SPDX-License-Identifier: Apache-2.0
#include "protocol/udp_datagram.hpp"

#include "base/big_endian.hpp"
#include "protocol/ip_packet.hpp"
#include "protocol/transport_checksum.hpp"

namespace wandrill {
void write_udp_header(const UdpPorts& ports, const IpAddress& source, const IpAddress& destination,
                      std::span<std::uint8_t> datagram) {
  constexpr std::size_t kUdpChecksumAt = 6;
  store_big_endian(datagram, 0, ports.source);
  store_big_endian(datagram, 2, ports.destination);
  store_big_endian(datagram, 4, static_cast<std::uint16_t>(datagram.size()));
  store_big_endian<std::uint16_t>(datagram, kUdpChecksumAt, 0);
  const auto sum = transport_checksum(kProtocolUdp, datagram, source, destination);
  store_big_endian<std::uint16_t>(datagram, kUdpChecksumAt,
                                  sum == 0 ? 0xffff : sum);  // 0 says that there is none
}

}  // namespace wandrill
