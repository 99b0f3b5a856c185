// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/index/run_index.hpp"
#include "measure/reading.hpp"

namespace wandrill {

/// How long a session of requests was without success after each of `changes` (faults, or
/// restores): from the instant at which one was observed until the first answer to a request made
/// after it. The longest; without a value if one was never followed by an answer.
Reading<Seconds> time_to_success(const RunIndex& run, const SessionPlan& session,
                                 const std::vector<FaultRecord>& changes);

}  // namespace wandrill
