// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "link/wire/frame.hpp"

namespace wandrill {

/// Buffers for the frames that are in flight in every slot of a run. Grows by slabs when a deeper
/// queue needs it, never shrinks, and never allocates for a single frame. For one thread.
class FramePool {
 public:
  /// Room for the virtio_net_hdr in front of each frame.
  static constexpr std::size_t kPrefixBytes = 10;
  /// The largest frame: 64 KiB of IP packet with Ethernet header and VLAN tag.
  static constexpr std::size_t kLargestFrame = 65536 + 18;

  /// `most_bytes`: the memory it may grow to; the default holds 1.5 s of full frames at 1 Gbit/s.
  explicit FramePool(std::size_t most_bytes = std::size_t{256} << 20U);
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;

  /// A frame with room for `size` bytes, or nullptr when it is too large or memory is used up.
  Frame* take(std::size_t size);
  /// Another frame of the same bytes, time and kind; nullptr as take().
  Frame* copy(const Frame& frame);
  void give_back(Frame& frame) noexcept;
  void give_back_all(FrameQueue& frames) noexcept;
  /// Frames taken and not given back.
  [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }

 private:
  struct Size {
    std::size_t room;
    std::size_t frames_per_slab;
    FrameQueue free{};
  };
  bool grow(Size& size, bool is_large);

  Size small_;
  Size large_;
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::size_t in_flight_ = 0;
  std::vector<std::unique_ptr<Frame[]>> frames_;
  std::vector<std::unique_ptr<std::uint8_t[]>> buffers_;
};

}  // namespace wandrill
