// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// When a condition came true, and then lasted.
struct Reached {
  std::optional<RunInstant> at;
  Nanos accuracy{0};
  std::string why_not;
};

/// From `from` on: when did packets of every session leave by the WAN, and for `lasting` by no
/// other? A TCP session may be silent meanwhile: it waits for its own timers.
Reached watch_egress(const RunIndex& run, const StateExpectation& expected, RunInstant from);

/// From `from` on: when did the flows meant begin to arrive without loss for `lasting`?
Reached watch_flowing(const RunIndex& run, const StateExpectation& expected, RunInstant from);

/// The first line of the router's log from `from` on that matches.
Reached watch_log(const RunIndex& run, const StateExpectation& expected, RunInstant from);

/// The first alert that a monitor was told of from `from` on and that matches.
Reached watch_alert(const RunIndex& run, const StateExpectation& expected, RunInstant from);

}  // namespace wandrill
