// SPDX-License-Identifier: Apache-2.0
#include "protocol/transport_checksum.hpp"

#include "base/internet_checksum.hpp"

namespace wandrill {
std::uint16_t transport_checksum(std::uint8_t protocol, std::span<const std::uint8_t> segment,
                                 const IpAddress& source, const IpAddress& destination) {
  // The pseudo header: its fields are as good in any order and width.
  auto sum = add_words({source.data(), source.size()}, protocol);
  sum = add_words({destination.data(), destination.size()}, sum);
  sum = add_words(segment, sum + static_cast<std::uint32_t>(segment.size()));
  return finish_checksum(sum);
}

}  // namespace wandrill
