// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// What became of the phones' signalling: the metrics of sessions of kind sip (RFC 6076).
void measure_phones(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
