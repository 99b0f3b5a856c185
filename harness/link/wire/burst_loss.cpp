// SPDX-License-Identifier: Apache-2.0
#include "link/wire/burst_loss.hpp"

namespace wandrill {

void BurstLoss::change(const LossBursts& bursts, std::uint64_t seed) {
  bursts_ = bursts;
  traffic_ = {.random = Random{seed}};
  proof_ = {.random = Random{derive_seed(seed, {"proof"})}};
}

bool BurstLoss::walk(Chain& chain) const {
  const bool was_in_burst = chain.in_burst;
  const auto chance = [&](Percent percent) {
    return chain.random.uniform() * 100.0 < percent.value;
  };
  if (chance(was_in_burst ? bursts_.leave : bursts_.enter)) chain.in_burst = !was_in_burst;
  return chance(was_in_burst ? bursts_.loss_in_burst : bursts_.loss_between);
}

}  // namespace wandrill
