// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// What became of the requests of http sessions ("site.success", "site.success@backup"). A request
/// belongs to the phase in which it was made.
void measure_http_requests(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
