// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// What the kernel said of the connections of sessions: the metrics of TCP_INFO.
void measure_tcp_samples(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
