// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/random.hpp"
#include "link/wire/frame.hpp"
#include "plan/impairment.hpp"

namespace wandrill {

/// Loss in bursts, by the chain of Gilbert and Elliott as netem walks it: a frame meets the state
/// that the one before it left, then the chain moves. Begins outside of a burst. The Prover's
/// frames have a chain of their own.
class BurstLoss {
 public:
  void change(const LossBursts& bursts, std::uint64_t seed);
  /// Judges the next frame.
  [[nodiscard]] bool drops(const Frame& frame) {
    return bursts_.on() && walk(frame.is_proof ? proof_ : traffic_);
  }
  [[nodiscard]] const LossBursts& bursts() const noexcept { return bursts_; }

 private:
  struct Chain {
    Random random{0};
    bool in_burst = false;
  };
  [[nodiscard]] bool walk(Chain& chain) const;

  LossBursts bursts_;
  Chain traffic_;
  Chain proof_;
};

}  // namespace wandrill
