// SPDX-License-Identifier: Apache-2.0
#include "link/wall_clock.hpp"

#include <algorithm>

#include "net/kernel_stamp.hpp"

namespace wandrill {
namespace {

constexpr int kMostReadings = 5;
constexpr Nanos kTight = std::chrono::microseconds{5};

}  // namespace

Nanos wall_clock_offset() {
  Nanos tightest = Nanos::max();
  Nanos offset{0};
  for (int i = 0; i < kMostReadings && tightest > kTight; ++i) {
    const auto before = Clock::now();
    const auto wall = std::chrono::system_clock::now();
    const Nanos apart = Clock::now() - before;
    if (apart >= tightest) continue;
    tightest = apart;
    offset = std::chrono::duration_cast<Nanos>(wall.time_since_epoch()) -
             before.time_since_epoch() - apart / 2;
  }
  return offset;
}

Clock::time_point arrival_of(msghdr& message) {
  const auto now = Clock::now();
  const auto stamp = kernel_stamp(message);
  if (stamp.tv_sec == 0) return now;
  const Nanos wall = std::chrono::seconds{stamp.tv_sec} + Nanos{stamp.tv_nsec};
  return std::min(now, Clock::time_point{wall - wall_clock_offset()});
}

}  // namespace wandrill
