// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "refrouter/wan_health.hpp"

namespace wandrill {

/// How a health check ended.
struct CheckResult {
  std::uint64_t number = 0;
  bool answered = false;
  std::size_t targets = 0;  ///< How many had answered by then.

  friend bool operator==(const CheckResult&, const CheckResult&) = default;
};

/// The checks of one WAN that are under way. A check asks every target; it is answered as soon as
/// `quorum` of them did, and lost when its timeout ends before that. Results come in the order in
/// which the checks were sent, so that "in a row" means what it says even when the timeout is
/// longer than the interval.
class CheckWindow {
 public:
  CheckWindow(std::size_t targets, std::size_t quorum, Nanos timeout);

  void sent(std::uint64_t number, Instant at);
  /// `sequence`: the number's low 16 bits, which are what an echo carries. An answer to no check
  /// under way is passed over, and so is a second one of the same target.
  void answer(std::size_t target, std::uint16_t sequence);
  /// The checks that ended by `now`. Answers that have arrived must have been given before: a
  /// router that woke late has still been answered.
  std::vector<CheckResult> resolve(Instant now);
  /// When resolve() will give more without any answer.
  [[nodiscard]] std::optional<Instant> next_deadline() const;

 private:
  struct Check {
    std::uint64_t number;
    Instant at;
    std::vector<bool> targets;
  };

  std::size_t targets_;
  std::size_t quorum_;
  Nanos timeout_;
  std::deque<Check> checks_;
};

/// The absolute schedule of checks: number n is due at start + n × interval.
struct CheckSchedule {
  Instant start;
  Nanos interval{};
  std::uint64_t next = 0;

  [[nodiscard]] Instant due() const;
  /// Takes the check that is due. Those that a stall made late by a whole interval or more are left
  /// out: a burst of them would ask the same instant several times.
  std::uint64_t take(Instant now);
};

}  // namespace wandrill
