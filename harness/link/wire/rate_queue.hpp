// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/units.hpp"
#include "link/wire/frame.hpp"

namespace wandrill {

/// A line of limited rate with a queue of limited bytes in front of it: frames leave one after the
/// other, each when its last bit is on the line. A rate of 0 is unlimited.
class RateQueue {
 public:
  /// In place: waiting frames stay, and go on at the new rate from this moment.
  void change(BitsPerSecond rate, Bytes limit, Clock::time_point now);
  /// Takes a frame that came in at `now`, or returns false when it finds the queue full. An empty
  /// queue takes every frame, whatever its size.
  [[nodiscard]] bool push(Frame& frame, Clock::time_point now);
  /// When the first frame leaves; nothing when the queue is empty.
  [[nodiscard]] std::optional<Clock::time_point> next() const noexcept;
  /// Takes the first frame out, its `at` set to the instant of its leaving.
  Frame& pop();
  FrameQueue take_all() noexcept;

  [[nodiscard]] BitsPerSecond rate() const noexcept { return rate_; }
  [[nodiscard]] Bytes limit() const noexcept { return limit_; }

 private:
  [[nodiscard]] Nanos time_on_line(const Frame& frame) const;

  BitsPerSecond rate_;
  Bytes limit_;
  FrameQueue waiting_;
  std::uint64_t waiting_bytes_ = 0;
  Clock::time_point departure_{};  ///< Of the first frame; or of the last that left.
};

}  // namespace wandrill
