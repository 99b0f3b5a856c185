// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/run_index.hpp"

namespace wandrill {

/// Fills in when the router declared the WAN down (or, for a failback, up) in its log, and when its
/// routes first changed.
void find_router_events(const RunIndex& run, Transition& transition);

}  // namespace wandrill
