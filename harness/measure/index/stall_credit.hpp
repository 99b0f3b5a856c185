// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"

namespace wandrill {

/// Credits the tester with losses that nothing of the timeline explains and that a stall does: they
/// began on a WAN that nobody had touched, while no switch was near, within a second after a stall
/// of 50 ms or more. The router runs on the same machine, and a stall makes it miss the answers to
/// its health checks. See docs/adr/0005-stalls-are-credited.md.
void credit_stalled_router(RunIndex& run);

}  // namespace wandrill
