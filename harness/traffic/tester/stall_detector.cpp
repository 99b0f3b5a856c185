// SPDX-License-Identifier: Apache-2.0
#include "traffic/tester/stall_detector.hpp"

namespace wandrill {
namespace {

constexpr Nanos kTolerated = std::chrono::milliseconds{10};

}  // namespace

std::optional<Stall> StallDetector::tick(Clock::time_point scheduled, Clock::time_point ran) {
  const bool told_before = last_ran_ && scheduled < *last_ran_;
  last_ran_ = ran;
  if (told_before || ran - scheduled <= kTolerated) return std::nullopt;
  return Stall{scheduled, ran};
}

}  // namespace wandrill
