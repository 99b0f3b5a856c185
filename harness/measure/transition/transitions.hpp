// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <vector>

#include "measure/index/run_index.hpp"

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
  [[nodiscard]] RunTime asked() const {
    return std::min(span.from, shown.requested.value_or(span.from));
  }
};

/// Every change of the WAN and every failover that should have come and did not, in order of time,
/// matched to what the timeline did; without convergence (see convergence.hpp).
std::vector<TransitionRecord> find_transitions(const RunIndex& run);

}  // namespace wandrill
