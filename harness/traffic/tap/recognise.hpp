// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "base/ip_address.hpp"
#include "protocol/ip_packet.hpp"
#include "protocol/packet_header.hpp"

namespace wandrill {

/// A packet of ours, seen on a wire.
struct Recognised {
  PacketHeader header;
  IpAddress source;  ///< As the packet had it there: behind a NAT, the NAT's.
};

/// Finds our header: in UDP (rtp, probe), in TCP (a message of ours at the start of the segment's
/// payload, or an HTTP message of a series), in a DNS name, in an ICMP echo. Nothing for any other
/// packet: a later fragment, garbage, another's.
std::optional<PacketHeader> recognise(const IpPacket& packet);

/// The same of an Ethernet frame, see parse_frame.
std::optional<Recognised> recognise(std::span<const std::uint8_t> frame);

}  // namespace wandrill
