// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "measure/transition/transitions.hpp"

namespace wandrill {

/// Adds "failover.N.…" and "failback.N.…", their worst as "failover.…" and "failback.…", and
/// "router.…". The records must have their convergence.
void measure_transitions(const RunIndex& run, const std::vector<TransitionRecord>& records,
                         std::map<std::string, Measured>& metrics);

/// A failover without a fault that calls for one, and without a command.
bool is_false_failover(const TransitionRecord& record);

}  // namespace wandrill
