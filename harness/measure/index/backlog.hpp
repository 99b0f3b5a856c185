// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"

namespace wandrill {

/// Credits the router with what came late, or was still waiting when the recording ended, while the
/// tester's stalls filled more than a tenth of the time: a backlog of the tester's own outlives the
/// stalls that made it. See docs/adr/0014-late-is-not-lost.md.
void credit_backlogs(RunIndex& run);

/// Whether, but for such backlogs, some part of `span` that lasts `length` was without loss in all
/// flows that must flow; false if there was no backlog in it.
bool only_backlogs_disturbed(const RunIndex& run, const TimeSpan& span, Nanos length);

}  // namespace wandrill
