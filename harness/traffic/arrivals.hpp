// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

/// What became of the latest packets of one flow: the live view's bookkeeping, constant work per
/// packet, no allocation after construction. Pure. The Recording is the truth; this only answers
/// "is it clean right now".
class Arrivals {
 public:
  /// `interval` between packets; a packet that has not come `allowance` after it was due is lost.
  Arrivals(Nanos interval, Nanos allowance);

  /// Sequences count up from 0 without holes.
  void sent(std::uint64_t sequence, RunInstant scheduled);
  /// `at`: when it arrived. Later than the allowance is lost.
  void received(std::uint64_t sequence, RunInstant at);

  /// Every packet that was scheduled at or after this, and is older than the allowance, arrived.
  /// The schedule of the oldest packet in an unbroken row up to now; nothing when nothing was sent,
  /// or while the newest packet old enough to be judged is lost.
  std::optional<RunInstant> lossless_since(RunInstant now);

  /// Share of packets lost, 0…1, of those scheduled in the last second that can be judged; nothing
  /// when there were none.
  [[nodiscard]] std::optional<double> recent_loss(RunInstant now) const;

 private:
  struct Entry {
    RunInstant scheduled;
    bool arrived = false;
  };
  Entry& entry(std::uint64_t sequence) { return ring_[sequence % ring_.size()]; }
  [[nodiscard]] const Entry& entry(std::uint64_t sequence) const {
    return ring_[sequence % ring_.size()];
  }
  void give_up(std::uint64_t sequence);

  std::vector<Entry> ring_;  ///< The latest packets, by sequence.
  Nanos allowance_;
  std::uint64_t next_ = 0;           ///< The sequence to be sent next.
  std::uint64_t judged_ = 0;         ///< Everything before it has arrived or is lost.
  std::uint64_t clean_from_ = 0;     ///< One after the last lost packet.
  std::optional<RunInstant> since_;  ///< When clean_from_ was scheduled, once it was.
};

}  // namespace wandrill
