// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <utility>

#include "base/clock.hpp"

namespace wandrill {

/// One frame on its way through a slot, in a buffer of a FramePool. It is in at most one FrameQueue
/// at a time, which links it through `next`: passing a frame on never allocates.
struct Frame {
  Frame* next = nullptr;
  Clock::time_point at{};         ///< When it came into the stage it is in, or is due out of it.
  std::uint32_t size = 0;         ///< Bytes of the Ethernet frame, without frame check sequence.
  bool is_proof = false;          ///< One of the Prover's: draws from a random stream of its own.
  bool is_large = false;          ///< Which of the pool's two sizes its buffer has.
  std::uint8_t* bytes = nullptr;  ///< A virtio_net_hdr (kPrefixBytes), then the frame.
};

/// First in, first out, by the frames' own links.
class FrameQueue {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] Frame* front() const noexcept { return first_; }
  void push(Frame& frame) noexcept {
    frame.next = nullptr;
    if (first_ == nullptr)
      first_ = &frame;
    else
      last_->next = &frame;
    last_ = &frame;
  }
  /// Must not be empty.
  Frame& pop() noexcept { return *std::exchange(first_, first_->next); }

 private:
  Frame* first_ = nullptr;
  Frame* last_ = nullptr;
};

}  // namespace wandrill
