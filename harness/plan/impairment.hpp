// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "base/units.hpp"

namespace wandrill {

/// A share of the frames, chosen at random. `correlation` makes a choice lean on the one before, as
/// tc-netem(8) has it: the share stays what it is, the chosen frames come in clusters.
struct CorrelatedProbability {
  Percent share;
  Percent correlation;

  friend bool operator==(const CorrelatedProbability&, const CorrelatedProbability&) = default;
};

/// Loss in bursts, by the model of Gilbert and Elliott: p, r, 1-h and 1-k of `loss gemodel` in
/// tc-netem(8). Each is the chance per frame. Off while `enter` is 0.
struct LossBursts {
  Percent enter;                 ///< That a burst begins.
  Percent leave;                 ///< That it ends: a burst lasts 100 / leave frames on average.
  Percent loss_in_burst{100.0};  ///< That a frame within is lost.
  Percent loss_between;          ///< That one outside is.

  [[nodiscard]] bool on() const noexcept { return enter.value > 0.0; }
  friend bool operator==(const LossBursts&, const LossBursts&) = default;
};

/// What one direction of a WAN link does to every frame that crosses it. The steady state of a link
/// and each of its faults are values of this type.
struct Impairment {
  bool blackhole = false;  ///< Every frame vanishes silently.
  Percent loss;            ///< Random loss, seeded.
  Percent
      loss_correlation;  ///< As CorrelatedProbability::correlation. 0: each frame independently.
  LossBursts bursts;     ///< On top of `loss`.
  Nanos delay{0};        ///< One-way, added to each frame.
  Nanos jitter{0};       ///< Delay varies uniformly in delay ± jitter; order is kept.
  Percent jitter_correlation;  ///< How much the variation of a frame is that of the one before.
  BitsPerSecond rate;          ///< Layer-2 rate; 0 is unlimited.
  Bytes queue;                 ///< Most bytes waiting for the rate; 0: sized from rate and delay.
  CorrelatedProbability
      reorder;  ///< Of the frames that overtake: neither rate nor delay holds them.
  CorrelatedProbability duplicate;  ///< Of the frames that come twice.
  CorrelatedProbability corrupt;    ///< Of the frames in which one bit is flipped.

  friend bool operator==(const Impairment&, const Impairment&) = default;
};

/// A direction of a WAN link, or of a session: up is away from the home network.
enum class Direction : std::uint8_t { kUp, kDown };

/// What a fault acts on.
enum class FaultDirection : std::uint8_t { kUp, kDown, kBoth };

std::string_view to_string(Direction direction);
std::string_view to_string(FaultDirection direction);

[[nodiscard]] constexpr bool covers(FaultDirection fault, Direction direction) noexcept {
  return fault == FaultDirection::kBoth ||
         (fault == FaultDirection::kUp) == (direction == Direction::kUp);
}

/// What share of all frames is lost in the long run, by `loss` and `bursts` together.
Percent mean_loss(const Impairment& impairment);
/// How much a frame's loss depends on the loss of the one before, from 0 to 1.
double loss_dependence(const Impairment& impairment);
/// Of two losses that act independently.
Percent combined_loss(Percent a, Percent b);

/// What frames meet that cross one after the other: losses are independent, delays add up, of rates
/// the lower holds.
Impairment in_series(const Impairment& first, const Impairment& second);

/// The queue of a rate-limited direction: as asked, or the rate's bandwidth-delay product × 1.5
/// with at least 1000 frames of 1514 bytes (the limit rule of netem in tc-netem(8), applied to
/// bytes).
Bytes effective_queue(const Impairment& impairment);

}  // namespace wandrill
