// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/random.hpp"
#include "link/wire/bernoulli_selector.hpp"

namespace wandrill {

/// Flips one bit, anywhere in the Ethernet frame, of each frame that the lot falls on.
class Corruption {
 public:
  void change(const CorrelatedProbability& chance, std::uint64_t seed);
  /// True when the frame was chosen. A checksum that was still to be computed is computed before:
  /// nothing further down may make the flipped bit right.
  bool touch(Frame& frame) { return lot_.falls_on(frame) && flip(frame); }
  [[nodiscard]] const CorrelatedProbability& chance() const noexcept { return lot_.chance(); }

 private:
  bool flip(Frame& frame);

  BernoulliSelector lot_;
  Random where_{0};
};

}  // namespace wandrill
