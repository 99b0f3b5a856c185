// SPDX-License-Identifier: Apache-2.0
#include "refrouter/wan_health.hpp"

#include <algorithm>

namespace wandrill {

bool is_working(const WanHealth& health, const HealthPolicy& policy) {
  return health.up || (health.carrier && health.answered >= policy.up_count);
}

WanHealth after_check(WanHealth health, const HealthPolicy& policy, bool answered, Instant now) {
  if (answered) {
    health.lost = 0;
    health.answered = std::min(health.answered + 1, policy.up_count);
    return after_time(health, policy, now);
  }
  health.answered = 0;
  health.lost = std::min(health.lost + 1, policy.down_count);
  if (health.lost == policy.down_count) {
    health.up = false;
    health.dead_at = now;
  }
  return health;
}

WanHealth after_carrier(WanHealth health, const HealthPolicy& policy, bool carrier, Instant now) {
  if (carrier == health.carrier) return after_time(health, policy, now);
  health.carrier = carrier;
  health.up = false;
  health.answered = 0;
  health.dead_at = now;
  return health;
}

WanHealth after_time(WanHealth health, const HealthPolicy& policy, Instant now) {
  const auto end = end_of_hold_down(health, policy);
  if (!end || now < *end) return health;
  health.up = true;
  health.up_since = now;
  return health;
}

std::optional<Instant> end_of_hold_down(const WanHealth& health, const HealthPolicy& policy) {
  if (health.up || !is_working(health, policy)) return std::nullopt;
  return health.dead_at + policy.hold_down;
}

}  // namespace wandrill
