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

Percent combined_loss(Percent a, Percent b) {
  if (a.value == 0.0) return b;
  if (b.value == 0.0) return a;
  const double survive = (1.0 - a.value / 100.0) * (1.0 - b.value / 100.0);
  return Percent{100.0 * (1.0 - survive)};
}

Percent mean_loss(const Impairment& impairment) {
  const auto& bursts = impairment.bursts;
  if (!bursts.on()) return impairment.loss;
  const double within = bursts.enter.value / (bursts.enter.value + bursts.leave.value);
  const Percent lost{within * bursts.loss_in_burst.value +
                     (1.0 - within) * bursts.loss_between.value};
  return combined_loss(impairment.loss, lost);
}

double loss_dependence(const Impairment& impairment) {
  const auto& bursts = impairment.bursts;
  const double by_bursts =
      bursts.on() ? std::max(0.0, 1.0 - (bursts.enter.value + bursts.leave.value) / 100.0) : 0.0;
  return std::max(by_bursts, impairment.loss_correlation.value / 100.0);
}

Impairment in_series(const Impairment& first, const Impairment& second) {
  const auto combined = [](const CorrelatedProbability& a, const CorrelatedProbability& b) {
    return CorrelatedProbability{combined_loss(a.share, b.share),
                                 std::max(a.correlation, b.correlation)};
  };
  Impairment both = first;
  both.blackhole = first.blackhole || second.blackhole;
  both.loss = combined_loss(first.loss, second.loss);
  both.loss_correlation = std::max(first.loss_correlation, second.loss_correlation);
  if (!first.bursts.on()) both.bursts = second.bursts;
  if (first.bursts.on() && second.bursts.on())
    both.loss = combined_loss(first.loss, mean_loss(second));
  both.delay += second.delay;
  both.jitter += second.jitter;
  both.jitter_correlation = std::max(first.jitter_correlation, second.jitter_correlation);
  if (second.rate.value > 0 && (first.rate.value == 0 || second.rate < first.rate)) {
    both.rate = second.rate;
    both.queue = second.queue;
  }
  both.reorder = combined(first.reorder, second.reorder);
  both.duplicate = combined(first.duplicate, second.duplicate);
  both.corrupt = combined(first.corrupt, second.corrupt);
  return both;
}

Bytes effective_queue(const Impairment& impairment) {
  if (impairment.queue.value > 0) return impairment.queue;
  const double seconds =
      std::chrono::duration<double>(impairment.delay + impairment.jitter).count();
  const double product = static_cast<double>(impairment.rate.value) / 8.0 * seconds * kHeadroom;
  return Bytes{std::max(kFewestFrames * kFullFrame, static_cast<std::uint64_t>(product))};
}

}  // namespace wandrill
