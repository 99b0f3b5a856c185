// SPDX-License-Identifier: Apache-2.0
#include "link/wire/corruption.hpp"

#include <bit>
#include <cstring>
#include <numeric>

#include "base/testing/catch.hpp"
#include "link/wire/offload_header.hpp"

using namespace wandrill;

namespace {

Frame& make(FramePool& pool, std::uint32_t size) {
  Frame& frame = *pool.take(size);
  std::memset(frame.bytes, 0, FramePool::kPrefixBytes + size);
  return frame;
}

}  // namespace

TEST_CASE("One bit is flipped, anywhere in the frame and nowhere else") {
  FramePool pool;
  Corruption corruption;
  corruption.change({.share = Percent{100}}, 1);
  constexpr std::uint32_t kSize = 100;
  std::array<int, kSize> hits{};
  for (int i = 0; i < 10'000; ++i) {
    Frame& frame = make(pool, kSize);
    CHECK(corruption.touch(frame));
    int flipped = 0;
    for (std::uint32_t j = 0; j < FramePool::kPrefixBytes + kSize; ++j) {
      const int bits = std::popcount(frame.bytes[j]);
      flipped += bits;
      if (bits > 0 && j >= FramePool::kPrefixBytes) ++hits[j - FramePool::kPrefixBytes];
    }
    REQUIRE(flipped == 1);
    pool.give_back(frame);
  }
  // Each byte 100 times, within five standard deviations.
  for (const int count : hits)
    CHECK(std::abs(count - 100) < 50);
  CHECK(std::accumulate(hits.begin(), hits.end(), 0) == 10'000);
}

TEST_CASE("A checksum that was left to the hardware is computed before the bit is flipped") {
  FramePool pool;
  Frame& frame = make(pool, 60);
  auto* bytes = frame.bytes + FramePool::kPrefixBytes;
  for (std::size_t i = 34; i < 60; ++i)
    bytes[i] = static_cast<std::uint8_t>(i);
  bytes[40] = 0x12;  // the pseudo header's sum
  bytes[41] = 0x34;
  const OffloadHeader header{.flags = kNeedsChecksum, .checksum_start = 34, .checksum_offset = 6};
  std::memcpy(frame.bytes, &header, sizeof header);
  std::uint32_t expected = 0;
  for (std::size_t i = 34; i < 60; i += 2)
    expected += static_cast<std::uint32_t>(bytes[i] << 8 | bytes[i + 1]);
  complete_checksum(frame);
  expected = (expected & 0xffff) + (expected >> 16);
  CHECK((bytes[40] << 8 | bytes[41]) == static_cast<int>(~expected & 0xffff));
  OffloadHeader left{};
  std::memcpy(&left, frame.bytes, sizeof left);
  CHECK(left.flags == 0);
  pool.give_back(frame);
}
