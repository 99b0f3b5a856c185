// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/big_endian.hpp"

namespace wandrill {

/// Reads bytes that somebody else made, from the front. Once something was missing everything else
/// is, too, and reads as nothing or 0: whether it was all there is asked once, at the end.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_{bytes} {}

  /// The next `size` bytes, all or none of them.
  std::span<const std::uint8_t> take(std::size_t size) {
    if (size > rest_.size()) {
      is_whole_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  /// The next number, in network order.
  template <typename Unsigned>
  Unsigned big_endian() {
    const auto bytes = take(sizeof(Unsigned));
    return bytes.empty() ? Unsigned{0} : load_big_endian<Unsigned>(bytes, 0);
  }
  /// The next number, its lowest byte first.
  template <typename Unsigned>
  Unsigned little_endian() {
    const auto bytes = take(sizeof(Unsigned));
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
      value = value << 8 | bytes[i];
    return static_cast<Unsigned>(value);
  }

  [[nodiscard]] bool is_empty() const { return rest_.empty(); }
  [[nodiscard]] bool is_whole() const { return is_whole_; }

 private:
  std::span<const std::uint8_t> rest_;
  bool is_whole_ = true;
};

}  // namespace wandrill
