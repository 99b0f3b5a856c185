// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a class of the topology's capacity.
namespace wandrill::metrics::traffic_class {

inline constexpr Metric<Rate> kRate{
    {.scope = MetricScope::kClass,
     .name = "rate",
     .definition = "payload that arrived of the class's sessions ÷ time",
     .source = "RFC 2647 3.17",
     .accuracy = "± what came in at the edges of the time: a packet, of transfers 0.2 s",
     .better = Better::kHigher,
     .by_phase = true}};
inline constexpr Metric<Share> kLoss{
    {.scope = MetricScope::kClass,
     .name = "loss",
     .definition = "lost ÷ sent × 100, over the packets of its sessions; transfers have none that "
                   "are told apart",
     .source = "RFC 7680",
     .accuracy = "exact; in a phase ± one packet of each flow",
     .by_phase = true}};

inline constexpr auto kAll = metric_list(kRate, kLoss);

}  // namespace wandrill::metrics::traffic_class
