// SPDX-License-Identifier: Apache-2.0
#include "link/wire/frame_pool.hpp"

#include <algorithm>
#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("Every frame has room for its bytes, up to 64 KiB") {
  FramePool pool;
  FrameQueue taken;
  for (const std::size_t size :
       {std::size_t{60}, std::size_t{1514}, std::size_t{9014}, FramePool::kLargestFrame}) {
    Frame* frame = pool.take(size);
    REQUIRE(frame != nullptr);
    CHECK(frame->size == size);
    std::fill_n(frame->bytes, size + FramePool::kPrefixBytes, std::uint8_t{0xab});
    taken.push(*frame);
  }
  CHECK(pool.take(FramePool::kLargestFrame + 1) == nullptr);
  CHECK(pool.in_flight() == 4);
  pool.give_back_all(taken);
  CHECK(pool.in_flight() == 0);
}

TEST_CASE("The pool grows for a deep queue and stops at its limit") {
  FramePool pool{std::size_t{8} << 20U};
  FrameQueue taken;
  std::size_t count = 0;
  while (Frame* frame = pool.take(1514)) {
    taken.push(*frame);
    ++count;
  }
  CHECK(count == 4096);
  pool.give_back(taken.pop());
  CHECK(pool.take(1514) != nullptr);
}

TEST_CASE("A queue of frames gives them back in order") {
  FramePool pool;
  FrameQueue queue;
  CHECK(queue.empty());
  std::vector<Frame*> frames;
  for (int i = 0; i < 3; ++i) {
    frames.push_back(pool.take(100));
    queue.push(*frames.back());
  }
  for (Frame* frame : frames)
    CHECK(&queue.pop() == frame);
  CHECK(queue.empty());
}
