// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "link/wire/bernoulli_selector.hpp"
#include "link/wire/blackhole.hpp"
#include "link/wire/burst_loss.hpp"
#include "link/wire/corruption.hpp"
#include "link/wire/delay_line.hpp"
#include "link/wire/rate_queue.hpp"
#include "plan/impairment.hpp"

namespace wandrill {

/// Which random sequences a direction of a link uses.
struct PipelineSeed {
  std::uint64_t run = 0;
  std::string wan;
  Direction direction = Direction::kUp;
};

/// What one direction of a slot does to frames: duplicate, blackhole, loss, corrupt, reorder, rate
/// with its queue, delay with jitter, in this order. Pure: time is an argument, frames are handed
/// through; who has the memory makes the copies that are wanted and lets them enter, too.
///
/// The n-th loss that is installed (a change to another percentage) judges frames with a sequence
/// seeded by (run seed, WAN, "up" or "down", "loss", n), one draw per frame; likewise the n-th of
/// each other impairment, one draw per frame that comes so far. So the same seed and the same order
/// of changes give the same decisions, frame by frame, whatever the timing.
class Pipeline {
 public:
  enum class Disposition : std::uint8_t { kAccepted, kOvertakes, kBlackholed, kLost, kQueueFull };

  explicit Pipeline(PipelineSeed seed);

  /// In place. Frames that are already in stay, and stay in order.
  void change(const Impairment& impairment, Clock::time_point now);
  /// What is in force, as the parts that act have it.
  [[nodiscard]] Impairment in_force() const;
  /// Whether a copy of the frame is to enter behind it.
  [[nodiscard]] bool doubles(const Frame& frame) {
    return !blackhole_.drops() && duplicate_.falls_on(frame);
  }
  /// Takes over a frame unless it is dropped. `now` never runs backwards.
  [[nodiscard]] Disposition enter(Frame& frame, Clock::time_point now);
  /// When to ask take_due() again; nothing when no frame is in.
  [[nodiscard]] std::optional<Clock::time_point> next_due() const;
  /// The next frame that is due, or nullptr.
  Frame* take_due(Clock::time_point now);
  /// Frames in which a bit was flipped since it was built.
  [[nodiscard]] std::uint64_t corrupted() const noexcept { return corrupted_; }
  /// Everything that is in, oldest first.
  FrameQueue take_all();

 private:
  void advance(Clock::time_point now);
  void change_lots(const Impairment& impairment);
  [[nodiscard]] std::uint64_t next_seed(const char* purpose, std::uint64_t installation) const;

  PipelineSeed seed_;
  Blackhole blackhole_;
  BernoulliSelector duplicate_;
  BernoulliSelector loss_;
  BurstLoss bursts_;
  Corruption corrupt_;
  BernoulliSelector reorder_;
  FrameQueue overtaking_;
  RateQueue rate_;
  DelayLine delay_;
  Bytes queue_asked_;
  std::uint64_t losses_installed_ = 0;
  std::uint64_t jitters_installed_ = 0;
  std::uint64_t bursts_installed_ = 0;
  std::uint64_t duplicates_installed_ = 0;
  std::uint64_t corruptions_installed_ = 0;
  std::uint64_t reorders_installed_ = 0;
  std::uint64_t corrupted_ = 0;
};

}  // namespace wandrill
