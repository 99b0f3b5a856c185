// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

namespace wandrill {

/// Adds 16-bit words in network order to `sum`, an odd last byte padded with zero: a part of a
/// checksum (RFC 1071). Of several parts only the last may have an odd length.
std::uint32_t add_words(std::span<const std::uint8_t> bytes, std::uint32_t sum = 0);

/// The checksum of what was added up: the one's complement of the one's complement sum (RFC 1071).
std::uint16_t finish_checksum(std::uint32_t sum);

inline std::uint16_t internet_checksum(std::span<const std::uint8_t> bytes) {
  return finish_checksum(add_words(bytes));
}

}  // namespace wandrill
