// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/ip_address.hpp"

namespace wandrill {

inline constexpr std::uint8_t kProtocolIcmp = 1;
inline constexpr std::uint8_t kProtocolIcmpV6 = 58;

constexpr std::uint8_t icmp_of(Family family) {
  return family == Family::kIpv4 ? kProtocolIcmp : kProtocolIcmpV6;
}

/// An echo request or its reply, from the ICMP header on (RFC 792, RFC 4443 4).
struct IcmpEcho {
  bool is_reply = false;
  std::uint16_t id = 0;
  std::uint16_t sequence = 0;
  std::span<const std::uint8_t> data{};  ///< The reply's is that of the request.
};

/// The type of an ICMP message that answers an echo request.
std::uint8_t echo_reply_type(Family family);

/// As it is given to a raw socket: without a checksum for IPv6, where the kernel adds it.
std::vector<std::uint8_t> encode_icmp_echo(Family family, const IcmpEcho& echo);

/// `message`: from the ICMP header on; `data` of the result points into it. Nothing for another
/// message, and for one that is cut short. The checksum is the kernel's affair.
std::optional<IcmpEcho> decode_icmp_echo(Family family, std::span<const std::uint8_t> message);

}  // namespace wandrill
