// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace wandrill {

/// Writes `value` in network order from `at` on; there must be room for it.
template <typename Unsigned>
void store_big_endian(std::span<std::uint8_t> out, std::size_t at, Unsigned value) {
  for (std::size_t i = sizeof(Unsigned); i-- > 0;) {
    out[at + i] = static_cast<std::uint8_t>(value & 0xff);
    value = static_cast<Unsigned>(value >> (sizeof(Unsigned) > 1 ? 8 : 0));
  }
}

/// The number that stands in network order from `at` on; its bytes must be there.
template <typename Unsigned>
Unsigned load_big_endian(std::span<const std::uint8_t> in, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i)
    value = value << 8 | in[at + i];
  return static_cast<Unsigned>(value);
}

}  // namespace wandrill
