// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// How the tunnels followed the router: the metrics of sessions of kinds wireguard and openvpn,
/// from what the taps saw.
void measure_tunnels(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
