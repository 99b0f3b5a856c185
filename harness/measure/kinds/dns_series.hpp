// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// What came for DNS queries that was no good answer: counts of the sessions of kind dns.
void measure_dns(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
