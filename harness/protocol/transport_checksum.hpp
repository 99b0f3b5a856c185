// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "base/ip_address.hpp"

namespace wandrill {

/// The checksum of a TCP segment or UDP datagram whose checksum field is zero, as it goes between
/// these addresses, which are of one family (RFC 9293 3.1, RFC 768, RFC 8200 8.1).
std::uint16_t transport_checksum(std::uint8_t protocol, std::span<const std::uint8_t> segment,
                                 const IpAddress& source, const IpAddress& destination);

}  // namespace wandrill
