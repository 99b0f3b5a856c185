// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// "failover.N.…" and "failback.N.…", their worst as "failover.…" and "failback.…", and "router.…".
/// The transitions must have their convergence.
void measure_transitions(const RunIndex& run, MetricSink& sink);

/// A failover without a fault that calls for one, and without a command.
bool is_false_failover(const TransitionRecord& record);

}  // namespace wandrill
