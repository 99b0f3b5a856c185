// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// What became of each TCP session, with its metrics ("<session>.longest_stall"), and for a group
/// of several the worst of them.
std::vector<SessionFate> measure_sessions(const RunIndex& run,
                                          std::map<std::string, Measured>& metrics);

}  // namespace wandrill
