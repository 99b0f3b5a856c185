// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "link/blackhole.hpp"
#include "link/delay_line.hpp"
#include "link/loss.hpp"
#include "link/rate_queue.hpp"
#include "plan/impairment.hpp"

namespace wandrill {

/// Which random sequences a direction of a link uses.
struct PipelineSeed {
  std::uint64_t run = 0;
  std::string wan;
  Direction direction = Direction::kUp;
};

/// What one direction of a slot does to frames: blackhole, loss, rate with its queue, delay with
/// jitter, in this order. Pure: time is an argument, frames are handed through.
///
/// The n-th loss that is installed (a change to another percentage) judges frames with a sequence
/// seeded by (run seed, WAN, "up" or "down", "loss", n), one draw per frame; likewise the n-th
/// jitter, one draw per frame that was not dropped. So the same seed and the same order of changes
/// give the same decisions, frame by frame, whatever the timing.
class Pipeline {
 public:
  enum class Fate : std::uint8_t { kAccepted, kBlackholed, kLost, kQueueFull };

  explicit Pipeline(PipelineSeed seed);

  /// In place. Frames that are already in stay, and stay in order.
  void change(const Impairment& impairment, Clock::time_point now);
  /// What is in force, as the parts that act have it.
  [[nodiscard]] Impairment in_force() const;
  /// Takes over a frame unless it is dropped. `now` never runs backwards.
  [[nodiscard]] Fate enter(Frame& frame, Clock::time_point now);
  /// When to ask take_due() again; nothing when no frame is in.
  [[nodiscard]] std::optional<Clock::time_point> next_due() const;
  /// The next frame that is due, or nullptr.
  Frame* take_due(Clock::time_point now);
  /// Everything that is in, oldest first.
  FrameQueue take_all();

 private:
  void advance(Clock::time_point now);
  [[nodiscard]] std::uint64_t next_seed(const char* purpose, std::uint64_t installation) const;

  PipelineSeed seed_;
  Blackhole blackhole_;
  Loss loss_;
  RateQueue rate_;
  DelayLine delay_;
  Bytes queue_asked_;
  std::uint64_t losses_installed_ = 0;
  std::uint64_t jitters_installed_ = 0;
};

}  // namespace wandrill
