// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/index/run_index.hpp"
#include "measure/reading.hpp"

namespace wandrill {

/// All metrics of one flow, of the packets scheduled within `spans`.
Readings measure_flow(const RunIndex& run, FlowId flow, const std::vector<TimeSpan>& spans);

}  // namespace wandrill
