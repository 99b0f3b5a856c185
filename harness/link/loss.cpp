// SPDX-License-Identifier: Apache-2.0
#include "link/loss.hpp"

namespace wandrill {

void Loss::change(Percent loss, std::uint64_t seed) {
  loss_ = loss;
  random_ = Random{seed};
  proof_random_ = Random{derive_seed(seed, {"proof"})};
}

bool Loss::drops() {
  return loss_.value > 0.0 && random_.uniform() * 100.0 < loss_.value;
}

bool Loss::drops_proof() {
  return loss_.value > 0.0 && proof_random_.uniform() * 100.0 < loss_.value;
}

}  // namespace wandrill
