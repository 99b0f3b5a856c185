// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "base/ip_address.hpp"

namespace wandrill {

/// Where a server sends: to the source of the newest packet it got from its client (symmetric RTP,
/// RFC 4961), so that it follows a NAT's change of address. "Newest" is by sequence: a packet that
/// was held up on the old path cannot pull the session back.
class Latch {
 public:
  enum class Change : std::uint8_t { kNone, kFirst, kMoved };

  /// The server received packet `sequence` from `source`.
  Change offer(const SocketAddress& source, std::uint64_t sequence);

  /// Where to send; nothing before the first packet.
  [[nodiscard]] const SocketAddress* peer() const noexcept { return peer_ ? &*peer_ : nullptr; }

 private:
  std::optional<SocketAddress> peer_;
  std::uint64_t newest_ = 0;
};

}  // namespace wandrill
