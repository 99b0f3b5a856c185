// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/patience.hpp"
#include "link/effect.hpp"

namespace wandrill {

using Frames = std::span<const Observation>;

/// Engines never let a frame out early; the clocks of two stamps differ by less.
constexpr Nanos kEarly = std::chrono::microseconds{200};
/// A tester that has not sent as many frames as a judgement takes in this many times the patience
/// gives up.
constexpr int kStarvation = 5;

/// Everything that a judgement looks at.
struct Evidence {
  const EffectWanted& wanted;
  const ProbePattern pattern;
  Frames frames;
  Clock::time_point start;
  Clock::time_point now;
  Nanos lost_time{0};  ///< Of the time since the start, what patience does not count.

  [[nodiscard]] bool lost(const Observation& frame) const {
    return !frame.latency && now - frame.sent >= pattern.settle;
  }
  [[nodiscard]] bool out_of_patience() const {
    return Patience::is_over(pattern.patience, now - start, lost_time);
  }
  /// "up", "up, udp port 5060"
  [[nodiscard]] std::string direction() const;
  [[nodiscard]] std::size_t arrived() const;
};

double in_milliseconds(Nanos time);
Proof unproven(const Evidence& evidence, std::string_view why);
/// Time alone refutes nothing: a starved tester has hardly looked.
Proof refuted_or_pending(const Evidence& evidence, std::string_view what);
/// The batches of frames that are complete, each frame arrived or lost.
std::vector<Frames> complete_batches(const Evidence& evidence);

/// That a burst is spread as its bytes take time, and that one no longer is.
Proof judge_rate(const Evidence& evidence);
Proof judge_lifted(const Evidence& evidence);

}  // namespace wandrill
