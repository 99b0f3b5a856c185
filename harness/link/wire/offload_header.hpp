// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "link/wire/frame_pool.hpp"

namespace wandrill {

/// virtio_net_hdr of linux/virtio_net.h, which C++ cannot include: in front of each frame.
struct OffloadHeader {
  std::uint8_t flags;
  std::uint8_t gso_type;
  std::uint16_t header_length;
  std::uint16_t gso_size;
  std::uint16_t checksum_start;
  std::uint16_t checksum_offset;
};
constexpr std::uint8_t kNeedsChecksum = 1;
static_assert(sizeof(OffloadHeader) == FramePool::kPrefixBytes);

/// Computes the checksum that the sender left to its hardware, if it did (RFC 1071): from
/// checksum_start to the end of the frame, where the field holds the pseudo header's sum. A frame
/// that is still to be cut into segments is left as it is.
void complete_checksum(Frame& frame);

}  // namespace wandrill
