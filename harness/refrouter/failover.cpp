// SPDX-License-Identifier: Apache-2.0
#include "refrouter/failover.hpp"

#include <algorithm>

namespace wandrill {

Failover::Failover(FailoverPolicy policy, std::vector<WanHealth> wans, std::size_t active)
    : policy_{policy}, wans_{std::move(wans)}, active_{active} {}

Decisions Failover::check(std::size_t wan, bool answered, Instant now) {
  return update(wan, after_check(wans_[wan], policy_.health, answered, now), "checks", now);
}

Decisions Failover::carrier(std::size_t wan, bool carrier, Instant now) {
  return update(wan, after_carrier(wans_[wan], policy_.health, carrier, now), "carrier", now);
}

Decisions Failover::time(Instant now) {
  Decisions decisions;
  for (std::size_t wan = 0; wan < wans_.size(); ++wan) {
    const auto more = update(wan, after_time(wans_[wan], policy_.health, now), "checks", now);
    decisions.insert(decisions.end(), more.begin(), more.end());
  }
  return decisions;
}

Decisions Failover::failover(Instant) {
  Decisions decisions;
  if (const auto other = best_working(active_)) {
    move_to(*other, "command", decisions);
    by_hand_ = true;
  }
  return decisions;
}

Decisions Failover::failback(Instant) {
  Decisions decisions;
  by_hand_ = false;
  if (const auto best = best_working(std::nullopt); best && *best != active_)
    move_to(*best, "command", decisions);
  return decisions;
}

std::optional<Instant> Failover::next_deadline() const {
  std::optional<Instant> next;
  const auto consider = [&next](Instant at) { next = std::min(next.value_or(at), at); };
  for (std::size_t wan = 0; wan < wans_.size(); ++wan) {
    if (const auto end = end_of_hold_down(wans_[wan], policy_.health)) consider(*end);
    if (wan < active_ && wans_[wan].up && policy_.failback && !by_hand_)
      consider(wans_[wan].up_since + policy_.failback_delay);
  }
  return next;
}

Decisions Failover::update(std::size_t wan, const WanHealth& after, std::string_view reason,
                           Instant now) {
  Decisions decisions;
  const bool was_up = wans_[wan].up;
  wans_[wan] = after;
  if (was_up != after.up)
    decisions.push_back({.kind = after.up ? DecisionKind::kWanUp : DecisionKind::kWanDown,
                         .wan = wan,
                         .reason = reason});
  choose(now, decisions);
  return decisions;
}

void Failover::choose(Instant now, Decisions& decisions) {
  if (!is_working(wans_[active_], policy_.health)) {
    by_hand_ = false;
    // With nothing that works, a move would help nobody: the last WAN is kept.
    if (const auto best = best_working(std::nullopt))
      move_to(*best, wans_[*best].up ? "wan_down" : "last_resort", decisions);
    return;
  }
  if (by_hand_ || !policy_.failback) return;
  for (std::size_t wan = 0; wan < active_; ++wan) {
    if (!wans_[wan].up || now < wans_[wan].up_since + policy_.failback_delay) continue;
    return move_to(wan, "failback", decisions);
  }
}

void Failover::move_to(std::size_t wan, std::string_view reason, Decisions& decisions) {
  decisions.push_back(
      {.kind = DecisionKind::kSwitch, .wan = wan, .reason = reason, .from = active_});
  active_ = wan;
}

/// The first that is up, or else the first that waits only for its hold-down: a line that answers
/// is better than none.
std::optional<std::size_t> Failover::best_working(std::optional<std::size_t> except) const {
  std::optional<std::size_t> held;
  for (std::size_t wan = 0; wan < wans_.size(); ++wan) {
    if (wan == except) continue;
    if (wans_[wan].up) return wan;
    if (!held && is_working(wans_[wan], policy_.health)) held = wan;
  }
  return held;
}

}  // namespace wandrill
