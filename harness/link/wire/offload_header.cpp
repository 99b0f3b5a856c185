// SPDX-License-Identifier: Apache-2.0
#include "link/wire/offload_header.hpp"

#include <cstring>

namespace wandrill {

void complete_checksum(Frame& frame) {
  OffloadHeader header{};
  std::memcpy(&header, frame.bytes, sizeof header);
  if ((header.flags & kNeedsChecksum) == 0 || header.gso_type != 0) return;
  auto* bytes = frame.bytes + FramePool::kPrefixBytes;
  const std::size_t start = header.checksum_start;
  const std::size_t field = start + header.checksum_offset;
  if (field + 2 > frame.size) return;
  std::uint32_t sum = 0;
  for (std::size_t i = start; i < frame.size; i += 2)
    sum += static_cast<std::uint32_t>(bytes[i] << 8U) | (i + 1 < frame.size ? bytes[i + 1] : 0U);
  while (sum > 0xffffU)
    sum = (sum & 0xffffU) + (sum >> 16U);
  // UDP sends a sum of 0 as its other zero: RFC 768. To TCP both are the same.
  const std::uint32_t checksum = sum == 0xffffU ? 0xffffU : ~sum & 0xffffU;
  bytes[field] = static_cast<std::uint8_t>(checksum >> 8U);
  bytes[field + 1] = static_cast<std::uint8_t>(checksum & 0xffU);
  header = {};
  std::memcpy(frame.bytes, &header, sizeof header);
}

}  // namespace wandrill
