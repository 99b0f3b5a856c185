// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/units.hpp"
#include "link/wire/correlation.hpp"
#include "link/wire/frame.hpp"

namespace wandrill {

/// Holds each frame for the delay, varied uniformly by ± jitter and never below 0, and keeps the
/// order: a frame that would overtake leaves together with the one before it, so dense traffic
/// under jitter is somewhat later on average than `delay`.
class DelayLine {
 public:
  /// In place: frames under way keep the instants at which they are due; later ones stay behind
  /// them.
  void change(Nanos delay, Nanos jitter) noexcept;
  /// Begins the sequence of variations anew. `correlation`: how much each is that of the frame
  /// before; all together they stay uniform.
  void seed(std::uint64_t seed, Percent correlation = {});
  /// Takes a frame that came in at `entered`.
  void push(Frame& frame, Clock::time_point entered);
  /// The first frame; its `at` is the instant it is due. nullptr when none is under way.
  [[nodiscard]] const Frame* front() const noexcept { return under_way_.front(); }
  Frame& pop() noexcept { return under_way_.pop(); }
  FrameQueue take_all() noexcept;

  [[nodiscard]] Nanos delay() const noexcept { return delay_; }
  [[nodiscard]] Nanos jitter() const noexcept { return jitter_; }
  [[nodiscard]] Percent correlation() const noexcept { return correlation_; }
  /// No frame is held for less.
  [[nodiscard]] Nanos shortest() const noexcept;

 private:
  [[nodiscard]] Nanos draw(CorrelatedDraw& random) const;

  Nanos delay_{0};
  Nanos jitter_{0};
  Percent correlation_;
  StationaryShare uniform_{0.0};  ///< Makes what the draws have drawn to the middle uniform again.
  CorrelatedDraw random_;
  CorrelatedDraw proof_random_;
  FrameQueue under_way_;
  Clock::time_point last_due_{};
};

}  // namespace wandrill
