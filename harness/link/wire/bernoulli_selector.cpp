// SPDX-License-Identifier: Apache-2.0
#include "link/wire/bernoulli_selector.hpp"

namespace wandrill {

void BernoulliSelector::change(const CorrelatedProbability& chance, std::uint64_t seed) {
  chance_ = chance;
  const double correlation = chance.correlation.value / 100.0;
  threshold_ = chance.share.value >= 100.0
                   ? 2.0
                   : StationaryShare{correlation}.threshold(chance.share.value / 100.0);
  traffic_ = CorrelatedDraw{correlation, seed};
  proof_ = CorrelatedDraw{correlation, derive_seed(seed, {"proof"})};
}

}  // namespace wandrill
