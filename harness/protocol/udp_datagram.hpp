// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "base/ip_address.hpp"

namespace wandrill {

inline constexpr std::size_t kUdpHeaderBytes = 8;

struct UdpPorts {
  std::uint16_t source = 0;
  std::uint16_t destination = 0;
};

/// Writes the header to the start of `datagram`, whose payload follows it (RFC 768), as it goes
/// between these addresses, which are of one family. At least kUdpHeaderBytes, at most 65,535
/// bytes.
void write_udp_header(const UdpPorts& ports, const IpAddress& source, const IpAddress& destination,
                      std::span<std::uint8_t> datagram);

}  // namespace wandrill
