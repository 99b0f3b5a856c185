// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "link/wire/correlation.hpp"
#include "link/wire/frame.hpp"
#include "plan/impairment.hpp"

namespace wandrill {

/// Chooses a share of the frames: those that are lost, doubled, corrupted or let past the others.
/// The decision on a frame depends on nothing but the seed and how many frames have been judged
/// since the seed was set. The Prover's frames have a sequence of their own.
class BernoulliSelector {
 public:
  void change(const CorrelatedProbability& chance, std::uint64_t seed);
  /// Judges the next frame.
  [[nodiscard]] bool falls_on(const Frame& frame) {
    return chance_.share.value > 0.0 && draw(frame.is_proof ? proof_ : traffic_);
  }
  [[nodiscard]] const CorrelatedProbability& chance() const noexcept { return chance_; }

 private:
  [[nodiscard]] bool draw(CorrelatedDraw& from) const { return from.next() < threshold_; }

  CorrelatedProbability chance_;
  double threshold_ = 0.0;
  CorrelatedDraw traffic_;
  CorrelatedDraw proof_;
};

}  // namespace wandrill
