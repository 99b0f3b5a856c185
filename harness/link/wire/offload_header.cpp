// SPDX-License-Identifier: Apache-2.0
#include "link/wire/offload_header.hpp"

#include <cstring>
#include <span>

#include "base/big_endian.hpp"
#include "base/internet_checksum.hpp"

namespace wandrill {

void complete_checksum(Frame& frame) {
  OffloadHeader header{};
  std::memcpy(&header, frame.bytes, sizeof header);
  if ((header.flags & kNeedsChecksum) == 0 || header.gso_type != 0) return;
  auto* bytes = frame.bytes + FramePool::kPrefixBytes;
  const std::size_t start = header.checksum_start;
  const std::size_t field = start + header.checksum_offset;
  if (field + 2 > frame.size) return;
  const std::span whole{bytes, frame.size};
  const auto checksum = internet_checksum(whole.subspan(start));
  // UDP sends a sum of 0 as its other zero: RFC 768. To TCP both are the same.
  store_big_endian(whole, field, checksum == 0 ? std::uint16_t{0xffff} : checksum);
  header = {};
  std::memcpy(frame.bytes, &header, sizeof header);
}

}  // namespace wandrill
