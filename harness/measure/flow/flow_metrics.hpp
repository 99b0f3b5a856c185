// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// Adds "<flow>.<name>" and "<flow>.<name>@<phase>" for all flows, and the worst of the sessions of
/// a group as "<group>.up.<name>". Phases of the single sessions of a group are left out unless an
/// expectation names them: hundreds of calls would make hundreds of thousands of numbers.
void measure_flows(const RunIndex& run,
                   const std::map<std::string_view, std::vector<TimeSpan>>& phases,
                   std::map<std::string, Measured>& metrics);

}  // namespace wandrill
