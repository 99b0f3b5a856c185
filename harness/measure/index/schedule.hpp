// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

/// When each packet of a flow was due, by sequence number. Packets that are one interval apart take
/// no room, and one that nobody told of is due one interval after the one before it.
class Schedule {
 public:
  explicit Schedule(Nanos interval) : interval_{interval} {}

  /// Sequence numbers may come in any order; it is made for those in order.
  void set(std::size_t sequence, RunInstant due);
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] Nanos interval() const noexcept { return interval_; }
  [[nodiscard]] RunInstant operator[](std::size_t sequence) const {
    return at(legs_.size() == 1 ? legs_.front() : *leg_of(sequence), sequence);
  }

 private:
  /// From `first` on, packets are one interval apart.
  struct Leg {
    std::size_t first = 0;
    RunInstant due;
  };
  using Legs = std::vector<Leg>;

  [[nodiscard]] RunInstant at(const Leg& leg, std::size_t sequence) const {
    return leg.due + interval_ * static_cast<Nanos::rep>(sequence - leg.first);
  }
  [[nodiscard]] Legs::const_iterator leg_of(std::size_t sequence) const;
  void change(std::size_t sequence, RunInstant due);

  Nanos interval_;
  std::size_t size_ = 0;
  Legs legs_{{0, RunInstant{}}};  ///< By `first`; the first of them starts at 0.
};

}  // namespace wandrill
