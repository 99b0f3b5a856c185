// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// "<flow>.<name>" and "<flow>.<name>@<phase>" of all flows.
void measure_flows(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
