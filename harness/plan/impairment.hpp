// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "base/units.hpp"

namespace wandrill {

/// What one direction of a WAN link does to every frame that crosses it. The steady state of a link
/// and each of its faults are values of this type.
struct Impairment {
  bool blackhole = false;  ///< Every frame vanishes silently.
  Percent loss;            ///< Independent random loss, seeded.
  Nanos delay{0};          ///< One-way, added to each frame.
  Nanos jitter{0};         ///< Delay varies uniformly in delay ± jitter; order is kept.
  BitsPerSecond rate;      ///< Layer-2 rate; 0 is unlimited.
  Bytes queue;             ///< Most bytes waiting for the rate; 0: sized from rate and delay.

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

/// The queue of a rate-limited direction: as asked, or the rate's bandwidth-delay product × 1.5
/// with at least 1000 frames of 1514 bytes (the limit rule of netem in tc-netem(8), applied to
/// bytes).
Bytes effective_queue(const Impairment& impairment);

}  // namespace wandrill
