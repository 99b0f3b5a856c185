// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/unique_fd.hpp"
#include "link/wire/frame.hpp"
#include "link/wire/frame_pool.hpp"
#include "net/packet_socket.hpp"

namespace wandrill {

/// An interface of a slot as the relay uses it: every frame that arrives, through a memory-mapped
/// ring, and frames to send, in batches. packet(7).
///
/// Frames carry a virtio_net_hdr in front, both ways, so that a checksum or a segmentation that the
/// sender's kernel left to its hardware is still left, correctly described, when the frame goes on.
/// Passive taps on the same interface see what goes in and out.
class PacketPort {
 public:
  /// What send() could not pass on.
  struct SendResult {
    std::uint32_t sent = 0;
    std::uint32_t no_room = 0;  ///< The kernel had no room for it: the harness's own loss.
    std::uint32_t refused = 0;  ///< The interface or its peer was down, or the frame too large.
  };

  PacketPort(const NetNs& ns, const std::string& interface);
  PacketPort(const PacketPort&) = delete;
  PacketPort& operator=(const PacketPort&) = delete;

  /// Becomes readable when frames have arrived.
  [[nodiscard]] int fd() const noexcept { return receiver_.get(); }
  /// The frames that have arrived, at most `most`, in frames of `pool`, `at` set to the kernel's
  /// stamp of their arrival. A frame that finds the pool used up is dropped and counted.
  FrameQueue read(FramePool& pool, int most);
  /// Sends every frame of the queue and gives it back.
  SendResult send(FrameQueue& frames, FramePool& pool);
  /// Frames that were lost because the ring was full or the pool used up, since the last call.
  [[nodiscard]] std::uint64_t take_drops();
  /// Clears the error that a link which goes down leaves on the socket.
  void clear_error() noexcept;

 private:
  void map_ring();
  bool has_room();
  Frame* copy_out(const std::uint8_t* slot, FramePool& pool);
  bool copy_large(Frame& frame);

  UniqueFd receiver_;
  UniqueFd sender_;
  PacketRing ring_;
  unsigned next_slot_ = 0;
  std::uint64_t pool_drops_ = 0;
  Clock::time_point read_until_{};  ///< Frames still in the ring came after this.
};

}  // namespace wandrill
