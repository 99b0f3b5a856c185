// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// Every change of the WAN and every failover that should have come and did not, in order of time,
/// matched to what the timeline did; without convergence (see convergence.hpp).
std::vector<TransitionRecord> find_transitions(const RunIndex& run);

}  // namespace wandrill
