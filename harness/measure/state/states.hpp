// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// When each label of the timeline happened; "start" is the timeline's own.
std::vector<LabelledInstant> find_instants(const RunIndex& run);

/// Whether and when the condition of each StateExpectation came true after each event that it
/// names, and lasted as long as it should.
std::vector<StateObservation> observe_states(const RunIndex& run,
                                             const std::vector<LabelledInstant>& instants);

}  // namespace wandrill
