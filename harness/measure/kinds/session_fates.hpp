// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// What became of each session of requests, with its metrics ("<session>.longest_stall"), and for a
/// group of several the worst of them.
void measure_sessions(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
