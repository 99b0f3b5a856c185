// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/ip_address.hpp"

namespace wandrill {

/// Option 53 (RFC 2132 9.6).
enum class DhcpType : std::uint8_t { kDiscover = 1, kOffer = 2, kRequest = 3, kAck = 5, kNak = 6 };

/// What a client asks, as a whole Ethernet frame, broadcast.
struct DhcpRequest {
  DhcpType type = DhcpType::kDiscover;
  std::uint32_t id = 0;
  std::array<std::uint8_t, 6> client{};  ///< Its hardware address.
  IpAddress
      address;  ///< Of kRequest: the one it has and wants to keep (REBINDING, RFC 2131 4.3.2).
};

/// What a server answers.
struct DhcpReply {
  DhcpType type = DhcpType::kOffer;
  std::uint32_t id = 0;
  IpAddress address;  ///< The one that it gives; 0.0.0.0 with kNak.
};

/// RFC 2131 2, in UDP (ports 68 to 67), IPv4 and Ethernet.
std::vector<std::uint8_t> encode_frame(const DhcpRequest& request);

/// Of an Ethernet frame; nothing for any other frame, or one that is cut off.
std::optional<DhcpReply> decode_dhcp_frame(std::span<const std::uint8_t> frame);

}  // namespace wandrill
