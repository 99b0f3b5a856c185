// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "base/units.hpp"

namespace wandrill {

/// Bursts and gaps of RFC 3611 4.7.2. A burst starts and ends with a lost packet and holds no run
/// of Gmin or more good ones; the rest is gap. Packets that the playout buffer discarded are lost.
struct BurstGap {
  std::uint64_t bursts = 0;
  std::uint64_t gaps = 0;
  int burst_density = 0;  ///< Share of packets lost in bursts × 256, floored, at most 255.
  int gap_density = 0;
  Nanos burst_duration{0};  ///< Mean.
  Nanos gap_duration{0};
};

inline constexpr std::size_t kGmin = 16;

/// `lost`: packet by packet, in the order in which they were sent.
/// The definition, not the appendix's pseudo-code, which never counts its last run. A lost packet
/// with Gmin good ones before and behind it is part of a gap.
BurstGap find_bursts(const std::vector<bool>& lost, Nanos interval);

/// Runs of packets lost in a row, for BurstR of ITU-T G.107.
class LossRuns {
 public:
  void take(bool lost) {
    if (sent_++ == 0) begins_in_run_ = lost;
    if (lost) {
      ++lost_;
      if (!in_run_) ++runs_;
    }
    in_run_ = lost;
  }
  /// Takes the packets that `next` took.
  void join(const LossRuns& next);
  [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }
  [[nodiscard]] std::uint64_t lost() const noexcept { return lost_; }
  [[nodiscard]] double loss_percent() const;
  /// Mean length of the runs × (1 − share lost): 1 for random loss; not clamped.
  [[nodiscard]] double burst_ratio() const;

 private:
  std::uint64_t sent_ = 0;
  std::uint64_t lost_ = 0;
  std::uint64_t runs_ = 0;
  bool begins_in_run_ = false;
  bool in_run_ = false;
};

}  // namespace wandrill
