// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// What policy lets pass, pair by pair, on each WAN that traffic left by: the metrics of sessions
/// of kind matrix. A stay on a WAN counts from 1 s after the switch to it, without the faults on
/// it; packets that a tap saw on another WAN do not count.
void measure_matrix(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
