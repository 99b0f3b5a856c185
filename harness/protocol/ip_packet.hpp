// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "base/ip_address.hpp"

namespace wandrill {

/// An IP packet within a frame, as far as its headers tell.
struct IpPacket {
  IpAddress source;
  IpAddress destination;
  std::uint8_t protocol = 0;  ///< IANA's number, behind IPv6 extension headers.
  std::uint8_t dscp = 0;
  std::uint16_t bytes = 0;             ///< Of the whole packet, by its header.
  std::uint16_t source_port = 0;       ///< Of UDP and TCP; 0 in later fragments.
  std::uint16_t destination_port = 0;  ///< Of UDP and TCP; 0 in later fragments.
  /// Of UDP and TCP what is behind their headers, of ICMP the message; as far as the capture has
  /// it.
  std::span<const std::uint8_t> payload;
  bool is_later_fragment = false;
  std::uint32_t tcp_sequence = 0;
  bool is_tcp_syn = false;  ///< Begins one direction of a connection: SYN, or SYN and ACK.

  [[nodiscard]] Family family() const noexcept { return source.family(); }
};

inline constexpr std::uint8_t kProtocolTcp = 6;
inline constexpr std::uint8_t kProtocolUdp = 17;

/// Reads an Ethernet frame, which may be cut short at its end (a capture's snap length). Follows
/// 802.1Q tags and IPv6 extension headers. Nothing for a frame that holds no IP, or not a whole
/// header of it.
std::optional<IpPacket> parse_frame(std::span<const std::uint8_t> frame);

/// "UDP 10.0.30.10:20000 > 203.0.113.10:10000, 92 bytes"
std::string to_text(const IpPacket& packet);

}  // namespace wandrill
