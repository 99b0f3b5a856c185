// SPDX-License-Identifier: Apache-2.0
#include "link/wire/delay_line.hpp"

#include <algorithm>

namespace wandrill {

void DelayLine::change(Nanos delay, Nanos jitter) noexcept {
  delay_ = delay;
  jitter_ = jitter;
}

void DelayLine::seed(std::uint64_t seed, Percent correlation) {
  const double share = correlation.value / 100.0;
  correlation_ = correlation;
  uniform_ = StationaryShare{share};
  random_ = CorrelatedDraw{share, seed};
  proof_random_ = CorrelatedDraw{share, derive_seed(seed, {"proof"})};
}

Nanos DelayLine::draw(CorrelatedDraw& random) const {
  if (jitter_ == Nanos{0}) return delay_;
  const double variation =
      (2.0 * uniform_.at_most(random.next()) - 1.0) * static_cast<double>(jitter_.count());
  return std::max(Nanos{0}, delay_ + Nanos{static_cast<Nanos::rep>(variation)});
}

void DelayLine::push(Frame& frame, Clock::time_point entered) {
  last_due_ = std::max(last_due_, entered + draw(frame.is_proof ? proof_random_ : random_));
  frame.at = last_due_;
  under_way_.push(frame);
}

FrameQueue DelayLine::take_all() noexcept {
  // Nothing is left that later frames would have to stay behind.
  last_due_ = {};
  return std::exchange(under_way_, FrameQueue{});
}

Nanos DelayLine::shortest() const noexcept {
  return std::max(Nanos{0}, delay_ - jitter_);
}

}  // namespace wandrill
