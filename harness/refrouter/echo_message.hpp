// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/ip_address.hpp"
#include "refrouter/config.hpp"

namespace wandrill {

/// What tells one echo from another.
struct EchoId {
  std::uint16_t sender = 0;  ///< Of one WAN of one router; ICMP's identifier.
  std::uint16_t sequence = 0;

  friend bool operator==(const EchoId&, const EchoId&) = default;
};

/// An echo request as it is given to the socket: ICMP header and all (RFC 792, RFC 4443, without
/// checksum for IPv6: the kernel adds it), or a UDP payload (RFC 862).
std::vector<std::uint8_t> encode_echo(CheckKind kind, Family family, EchoId id);

/// The identity of an echo reply as the socket gives it: behind its IP header for ICMP over IPv4.
/// Nothing when it is something else.
std::optional<EchoId> decode_echo_reply(CheckKind kind, Family family,
                                        std::span<const std::uint8_t> data);

}  // namespace wandrill
