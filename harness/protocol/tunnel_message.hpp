// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

namespace wandrill {

/// What an outer packet of a tunnel is for.
enum class TunnelMessage : std::uint8_t {
  kInitiation,  ///< The first message of a handshake.
  kResponse,    ///< Its answer.
  kData,        ///< Keepalives included.
  kOther        ///< Cookies, acknowledgements, the rest of a handshake, and what cannot be read.
};

/// A UDP payload of WireGuard: the type is its first byte, three zeroes follow (WireGuard's paper,
/// section 5.4).
TunnelMessage read_wireguard(std::span<const std::uint8_t> payload);

/// A UDP payload of OpenVPN: the opcode is in the upper five bits of its first byte (OpenVPN's
/// protocol, ssl_pkt.h).
TunnelMessage read_openvpn(std::span<const std::uint8_t> payload);

/// A TCP segment of OpenVPN's, by the first message in it: two bytes of length stand before. One
/// that starts amidst a message is read wrongly; the first of a connection never does.
TunnelMessage read_openvpn_segment(std::span<const std::uint8_t> payload);

}  // namespace wandrill
