// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "measure/index/fault_log.hpp"
#include "measure/measurements.hpp"
#include "plan/kinds/traffic_plan.hpp"

namespace wandrill {

/// A transition with what its measuring needs and its summary does not show.
struct TransitionRecord {
  Transition shown;
  std::uint8_t from = 0;
  std::uint8_t to = 0;  ///< Of a missed one: meaningless.
  std::vector<FlowId> moved;
  const FaultRecord* fault = nullptr;
  TimeSpan span;         ///< From where its times start until its end, see docs/metrics.md.
  bool answers = false;  ///< A fault, a restore or a command; else it was the router's own idea.

  /// Since when it may show: from the request on, which a router may hear of, and packets may be
  /// hit by, before any frame shows the effect.
  [[nodiscard]] RunInstant asked() const {
    return std::min(span.from, shown.requested.value_or(span.from));
  }
};

}  // namespace wandrill
