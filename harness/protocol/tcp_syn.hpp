// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/ip_address.hpp"

namespace wandrill {

/// The first segment of a TCP connection (RFC 9293).
struct TcpSyn {
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::uint32_t sequence = 0;  ///< The initial sequence number.

  friend bool operator==(const TcpSyn&, const TcpSyn&) = default;
};

inline constexpr std::size_t kTcpSynBytes = 24;  ///< With the option that every stack sends: MSS.

/// The segment, checksum included, as it goes between these addresses, which are of one family.
std::array<std::uint8_t, kTcpSynBytes> write_syn(const TcpSyn& syn, const IpAddress& source,
                                                 const IpAddress& destination);

/// Nothing for any other segment, an answer (SYN and ACK) included.
std::optional<TcpSyn> read_syn(std::span<const std::uint8_t> segment);

}  // namespace wandrill
