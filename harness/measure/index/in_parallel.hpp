// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstddef>
#include <future>

namespace wandrill {

/// Calls `work(i)` for each `i` below `count`, on two threads; `work` writes to the place of `i`
/// alone, so what comes out does not depend on who did it.
template <typename Work>
void in_parallel(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto take_turns = [&] {
    for (auto i = next++; i < count; i = next++)
      work(i);
  };
  auto other = std::async(std::launch::async, take_turns);
  take_turns();
  other.get();
}

}  // namespace wandrill
