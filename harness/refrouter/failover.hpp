// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "refrouter/wan_health.hpp"

namespace wandrill {

/// When the router moves.
struct FailoverPolicy {
  HealthPolicy health;
  bool failback = true;     ///< Goes back to a better WAN by itself.
  Nanos failback_delay{0};  ///< How long the better WAN must have been up for that.
};

enum class DecisionKind { kWanDown, kWanUp, kSwitch };

/// One thing that the router decided.
struct Decision {
  DecisionKind kind;
  std::size_t wan;          ///< The WAN in question; for a switch: the new one.
  std::string_view reason;  ///< checks, carrier; wan_down, last_resort, failback, command.
  std::size_t from = 0;     ///< For a switch: the old WAN.

  friend bool operator==(const Decision&, const Decision&) = default;
};

using Decisions = std::vector<Decision>;

/// Which WAN carries the traffic. WANs are numbered in the order in which they are preferred. Every
/// input says what the router decides upon it; nothing here looks at a clock.
class Failover {
 public:
  /// Starts on `active` with what is known of each WAN.
  Failover(FailoverPolicy policy, std::vector<WanHealth> wans, std::size_t active = 0);

  Decisions check(std::size_t wan, bool answered, Instant now);
  Decisions carrier(std::size_t wan, bool carrier, Instant now);
  Decisions time(Instant now);
  /// By hand to the best other WAN that works, and stays there until failback() or until that WAN
  /// dies. Nothing when no other works.
  Decisions failover(Instant now);
  /// By hand to the best WAN that works, at once; from then on as the policy says.
  Decisions failback(Instant now);

  [[nodiscard]] std::size_t active() const noexcept { return active_; }
  [[nodiscard]] bool is_by_hand() const noexcept { return by_hand_; }
  [[nodiscard]] const std::vector<WanHealth>& wans() const noexcept { return wans_; }
  /// When time() may decide something.
  [[nodiscard]] std::optional<Instant> next_deadline() const;

 private:
  Decisions update(std::size_t wan, const WanHealth& after, std::string_view reason, Instant now);
  void choose(Instant now, Decisions& decisions);
  void move_to(std::size_t wan, std::string_view reason, Decisions& decisions);
  [[nodiscard]] std::optional<std::size_t> best_working(std::optional<std::size_t> except) const;

  FailoverPolicy policy_;
  std::vector<WanHealth> wans_;
  std::size_t active_;
  bool by_hand_ = false;
};

}  // namespace wandrill
