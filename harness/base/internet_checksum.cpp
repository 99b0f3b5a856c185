// SPDX-License-Identifier: Apache-2.0
#include "base/internet_checksum.hpp"

#include <cstddef>

namespace wandrill {

std::uint32_t add_words(std::span<const std::uint8_t> bytes, std::uint32_t sum) {
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += i % 2 == 0 ? std::uint32_t{bytes[i]} << 8U : bytes[i];
  return sum;
}

std::uint16_t finish_checksum(std::uint32_t sum) {
  while (sum > 0xffffU)
    sum = (sum & 0xffffU) + (sum >> 16U);
  return static_cast<std::uint16_t>(~sum & 0xffffU);
}

}  // namespace wandrill
