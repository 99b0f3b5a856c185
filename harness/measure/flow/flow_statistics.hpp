// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// Metrics by their names within a scope.
using MetricsByName = std::map<std::string_view, Measured>;

/// All metrics of one flow, of the packets scheduled within `spans`.
MetricsByName measure_flow(const RunIndex& run, FlowId flow, const std::vector<TimeSpan>& spans);

}  // namespace wandrill
