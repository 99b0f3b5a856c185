// SPDX-License-Identifier: Apache-2.0
#include "protocol/transport_checksum.hpp"

namespace wandrill {
namespace {

/// Adds up 16-bit words in network order (RFC 1071); an odd byte at the end is padded.
std::uint32_t add_words(std::span<const std::uint8_t> bytes, std::uint32_t sum) {
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += i % 2 == 0 ? std::uint32_t{bytes[i]} << 8 : bytes[i];
  return sum;
}

}  // namespace

std::uint16_t transport_checksum(std::uint8_t protocol, std::span<const std::uint8_t> segment,
                                 const IpAddress& source, const IpAddress& destination) {
  // The pseudo header: its fields are as good in any order and width.
  auto sum = add_words({source.data(), source.size()}, protocol);
  sum = add_words({destination.data(), destination.size()}, sum);
  sum = add_words(segment, sum + static_cast<std::uint32_t>(segment.size()));
  while (sum >> 16 != 0)
    sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum & 0xffff);
}

}  // namespace wandrill
