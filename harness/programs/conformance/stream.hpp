// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "link/testing/rig.hpp"

namespace wandrill {

/// Traffic to measure an impairment with: `count` frames of `size` bytes, `at_once` of them every
/// `interval`, from router to ISP.
struct StreamPlan {
  std::size_t count = 1000;
  std::size_t size = 60;
  std::size_t at_once = 16;
  Nanos interval = std::chrono::milliseconds{1};
  Nanos settle = std::chrono::milliseconds{300};  ///< After the last; longer than any delay.
  /// Of UDP packets, to port 5060 and 5061 in turn, in the frames; nothing: no IP packets.
  std::optional<Family> family{};
};

/// What became of one frame.
struct FrameFate {
  Clock::time_point sent{};
  std::optional<Clock::time_point> arrived;  ///< The first time.
  std::size_t place = 0;                     ///< Among all first arrivals.
  int copies = 0;
  int flipped_bits = 0;           ///< In its first arrival.
  std::size_t first_flipped = 0;  ///< The byte with the first of them.
};

struct StreamResult {
  std::vector<FrameFate> frames;
  std::uint64_t lost_by_tester = 0;  ///< Frames that the receiver had no room for.
};

/// Sends and receives on one thread, so that a stall of the machine holds up both.
StreamResult send_stream(const testing::Rig& rig, const StreamPlan& plan);

}  // namespace wandrill
