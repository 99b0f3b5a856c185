// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// What of the traffic that policy must stop got through: the metrics of sessions of kind
/// forbidden, of sources that no WAN should see, and what left by a WAN that is not for its sender:
/// of each host and WAN, in order of the first packet.
void measure_policy(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
