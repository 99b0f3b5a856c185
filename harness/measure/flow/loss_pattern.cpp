// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/loss_pattern.hpp"

#include <algorithm>

namespace wandrill {

std::vector<Loss> loss_pattern(const std::vector<std::uint64_t>& lost) {
  std::vector<Loss> losses;
  losses.reserve(lost.size());
  for (const auto sequence : lost) {
    if (losses.empty()) {
      losses.push_back({sequence, 0, 1});
      continue;
    }
    const auto& before = losses.back();
    const auto distance = sequence - before.sequence;
    losses.push_back({sequence, distance, before.period + (distance == 1 ? 0 : 1)});
  }
  return losses;
}

double noticeable_loss_rate(const std::vector<Loss>& losses, std::uint64_t delta) {
  if (losses.empty()) return 0.0;
  const auto noticeable = std::count_if(losses.begin(), losses.end(), [&](const Loss& loss) {
    return loss.distance > 0 && loss.distance <= delta;
  });
  return static_cast<double>(noticeable) / static_cast<double>(losses.size());
}

}  // namespace wandrill
