// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "base/ip_address.hpp"
#include "traffic/packet_header.hpp"

namespace wandrill {

/// A packet of ours, seen on a wire.
struct Recognised {
  PacketHeader header;
  IpAddress source;  ///< As the packet had it there: behind a NAT, the NAT's.
};

/// Reads an Ethernet frame, which may be cut short at its end (a capture's snap length). Follows
/// 802.1Q tags and IPv6 extension headers to UDP (rtp, probe) or TCP (a message of ours at the
/// start of the segment's payload). Nothing for any other frame: a later fragment, garbage,
/// another's.
std::optional<Recognised> recognise(std::span<const std::uint8_t> frame);

}  // namespace wandrill
