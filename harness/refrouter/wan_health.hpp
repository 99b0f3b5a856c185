// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/clock.hpp"

namespace wandrill {

/// An instant of the router's own clock, CLOCK_MONOTONIC.
using Instant = Clock::time_point;

/// When a WAN is taken for dead and when for alive again.
struct HealthPolicy {
  int down_count = 3;  ///< Checks lost in a row until it is down.
  int up_count = 5;    ///< Checks answered in a row until it may be up again.
  Nanos hold_down{0};  ///< Stays down at least this long after it was last found dead.
};

/// What the router holds one WAN for.
struct WanHealth {
  bool up = true;
  bool carrier = true;
  int lost = 0;      ///< Checks in a row.
  int answered = 0;  ///< Checks in a row.
  Instant dead_at;   ///< Last found dead: without carrier, or with down_count checks lost in a row.
  Instant up_since;  ///< While up.

  friend bool operator==(const WanHealth&, const WanHealth&) = default;
};

/// Works, as far as the checks can tell: it is up, or waits only for its hold-down to end.
bool is_working(const WanHealth& health, const HealthPolicy& policy);

/// Each gives the health after an input. Hold-down runs anew from every time the WAN is found dead,
/// so that one which comes and goes stays down until it stops doing so.
WanHealth after_check(WanHealth health, const HealthPolicy& policy, bool answered, Instant now);
/// Without carrier a WAN is down at once; with carrier it is up only once its checks say so.
WanHealth after_carrier(WanHealth health, const HealthPolicy& policy, bool carrier, Instant now);
WanHealth after_time(WanHealth health, const HealthPolicy& policy, Instant now);

/// When after_time() will change something; nothing: no time will.
std::optional<Instant> end_of_hold_down(const WanHealth& health, const HealthPolicy& policy);

}  // namespace wandrill
