// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/random.hpp"
#include "base/units.hpp"

namespace wandrill {

/// Drops each frame with the same chance, independently. The decision on a frame depends on nothing
/// but the seed and how many frames have been judged since the seed was set.
class Loss {
 public:
  void change(Percent loss, std::uint64_t seed);
  /// Judges the next frame.
  [[nodiscard]] bool drops();
  /// Judges the next of the Prover's frames, which have a sequence of their own.
  [[nodiscard]] bool drops_proof();
  [[nodiscard]] Percent percent() const noexcept { return loss_; }

 private:
  Percent loss_;
  Random random_{0};
  Random proof_random_{0};
};

}  // namespace wandrill
