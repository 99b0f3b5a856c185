// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"
#include "measure/metric_sink.hpp"

namespace wandrill {

/// What arrived of each class of the topology's `capacity` ("class.voice.up.rate@backup").
void measure_classes(const RunIndex& run, MetricSink& sink);

}  // namespace wandrill
