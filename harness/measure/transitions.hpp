// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/run_index.hpp"

namespace wandrill {

/// Every change of the WAN that traffic left by, put down to what caused it, and every failover
/// that should have been and was not. In order of time, numbered by kind.
std::vector<Transition> find_transitions(const RunIndex& run);

/// When a transition begins: what caused it was asked for, or, without a cause, the switch.
RunTime start_of(const Transition& transition);

/// A fault in force at the switch forbids it, or there is none: nobody asked for it.
bool is_false_failover(const RunIndex& run, const Transition& transition);

}  // namespace wandrill
