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

Bytes effective_queue(const Impairment& impairment) {
  if (impairment.queue.value > 0) return impairment.queue;
  const double seconds =
      std::chrono::duration<double>(impairment.delay + impairment.jitter).count();
  const double product = static_cast<double>(impairment.rate.value) / 8.0 * seconds * kHeadroom;
  return Bytes{std::max(kFewestFrames * kFullFrame, static_cast<std::uint64_t>(product))};
}

}  // namespace wandrill
