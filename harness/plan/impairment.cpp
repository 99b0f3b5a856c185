// SPDX-License-Identifier: Apache-2.0
#include "plan/impairment.hpp"

#include <algorithm>

namespace wandrill {
namespace {

constexpr std::uint64_t kFullFrame = 1514;
constexpr std::uint64_t kFewestFrames = 1000;
constexpr double kHeadroom = 1.5;

}  // namespace

std::string_view to_string(Direction direction) {
  return direction == Direction::kUp ? "up" : "down";
}

std::string_view to_string(FaultDirection direction) {
  switch (direction) {
    case FaultDirection::kUp:
      return "up";
    case FaultDirection::kDown:
      return "down";
    case FaultDirection::kBoth:
      return "both";
  }
  return "";
}

Bytes effective_queue(const Impairment& impairment) {
  if (impairment.queue.value > 0) return impairment.queue;
  const double seconds =
      std::chrono::duration<double>(impairment.delay + impairment.jitter).count();
  const double product = static_cast<double>(impairment.rate.value) / 8.0 * seconds * kHeadroom;
  return Bytes{std::max(kFewestFrames * kFullFrame, static_cast<std::uint64_t>(product))};
}

}  // namespace wandrill
