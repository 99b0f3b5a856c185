// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// Round-trip times and losses of sessions of kind ping ("ping.rtt_p50@backup").
void measure_pings(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
