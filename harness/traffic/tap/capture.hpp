// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include <time.h>

#include "net/packet_socket.hpp"

namespace wandrill {

/// Sees every frame that an interface receives or sends, cut to its first bytes: an AF_PACKET
/// socket with a TPACKET_V3 ring, which hands frames over by the block (at least every 4 ms) and
/// without copies. Frames sent by a packet socket with PACKET_QDISC_BYPASS pass unseen.
class Capture {
 public:
  struct Frame {
    std::span<const std::uint8_t> bytes;  ///< At most the snap length, from the Ethernet header on.
    std::uint32_t original_bytes = 0;
    timespec stamp;  ///< CLOCK_REALTIME, by the kernel.
    bool outgoing;
  };
  static constexpr std::uint32_t kSnap = 160;  ///< Enough for every header.

  /// `snap`: how much of each frame is kept. Throws std::system_error (no such interface, not
  /// permitted).
  Capture(const NetNs& where, const std::string& interface, std::uint32_t snap = kSnap);

  /// Calls `each` for every frame of the blocks that are complete.
  void read(const std::function<void(const Frame&)>& each);
  /// How many frames were lost for want of room since the last call.
  std::uint32_t take_drops();

  /// Takes back the error that an interface going down leaves on the socket (ENETDOWN, packet(7)):
  /// until then the socket counts as ready for ever.
  void clear_error() const;

  [[nodiscard]] int fd() const noexcept { return socket_.get(); }

 private:
  UniqueFd socket_;
  PacketRing ring_;
  std::size_t next_block_ = 0;
};

/// Nanoseconds since 1970.
[[nodiscard]] inline std::uint64_t realtime_nanos(const timespec& stamp) {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  return static_cast<std::uint64_t>(stamp.tv_sec) * kSecond +
         static_cast<std::uint64_t>(stamp.tv_nsec);
}

}  // namespace wandrill
