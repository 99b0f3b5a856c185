// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include <time.h>

namespace wandrill {

/// What a TCP socket had to give.
struct StampedBytes {
  std::span<const std::uint8_t> bytes;  ///< In the buffer; empty: nothing is there now.
  timespec stamp{};                     ///< When the kernel took them in; zero if it did not say.
  /// Why the connection ended: an errno, or 0 when the peer closed it.
  std::optional<int> ending;
};

/// Reads once, without waiting.
StampedBytes receive_stamped(int socket, std::span<std::uint8_t> buffer);

}  // namespace wandrill
