// SPDX-License-Identifier: Apache-2.0
#include "link/wire/frame_pool.hpp"

#include <cstring>

namespace wandrill {
namespace {

constexpr std::size_t kSmallRoom = 2048 - FramePool::kPrefixBytes;

}  // namespace

FramePool::FramePool(std::size_t most_bytes)
    : small_{.room = kSmallRoom, .frames_per_slab = 1024},
      large_{.room = kLargestFrame, .frames_per_slab = 16},
      most_bytes_{most_bytes} {
  grow(small_, false);
}

bool FramePool::grow(Size& size, bool is_large) {
  const std::size_t each = size.room + kPrefixBytes;
  const std::size_t slab = each * size.frames_per_slab;
  if (bytes_ + slab > most_bytes_) return false;
  bytes_ += slab;
  auto& frames = frames_.emplace_back(std::make_unique<Frame[]>(size.frames_per_slab));
  // Not zeroed, so that memory is only touched when a frame first uses it.
  auto& buffer = buffers_.emplace_back(new std::uint8_t[slab]);
  for (std::size_t i = 0; i < size.frames_per_slab; ++i) {
    frames[i].is_large = is_large;
    frames[i].bytes = buffer.get() + i * each;
    size.free.push(frames[i]);
  }
  return true;
}

Frame* FramePool::take(std::size_t size) {
  if (size > kLargestFrame) return nullptr;
  const bool is_large = size > small_.room;
  auto& from = is_large ? large_ : small_;
  if (from.free.empty() && !grow(from, is_large)) return nullptr;
  Frame& frame = from.free.pop();
  frame.size = static_cast<std::uint32_t>(size);
  frame.is_proof = false;
  ++in_flight_;
  return &frame;
}

Frame* FramePool::copy(const Frame& frame) {
  Frame* copy = take(frame.size);
  if (copy == nullptr) return nullptr;
  copy->at = frame.at;
  copy->is_proof = frame.is_proof;
  std::memcpy(copy->bytes, frame.bytes, kPrefixBytes + frame.size);
  return copy;
}

void FramePool::give_back(Frame& frame) noexcept {
  (frame.is_large ? large_ : small_).free.push(frame);
  --in_flight_;
}

void FramePool::give_back_all(FrameQueue& frames) noexcept {
  while (!frames.empty())
    give_back(frames.pop());
}

}  // namespace wandrill
