// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/kinds/ping_metrics.hpp"
#include "plan/kinds/session_kinds.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/request_metrics.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr std::array<MetricList, 3> kPingMetrics{metrics::flow::kAll, metrics::requests::kAll,
                                                 metrics::ping::kAll};

}  // namespace

extern constexpr SessionKind kPingKind{.kind = TrafficKind::kPing,
                                       .word = "ping",
                                       .shape = FlowShape::kRequests,
                                       .real_server = true,
                                       .carries = CarriesPayload::kDown,
                                       .usual = {.interval = 100ms, .payload = Bytes{56}},
                                       .limits = {.shortest_interval = 10ms},
                                       .fates = kSeriesFates,
                                       .metrics = kPingMetrics};

}  // namespace wandrill
