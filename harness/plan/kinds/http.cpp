// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/http.hpp"

#include <array>

#include "plan/kinds/http_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/request_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/http_keys.hpp"

namespace wandrill {
namespace {

void resolve_http(const SessionSpec& spec, const SessionContext& /*context*/, SessionPlan& session,
                  Mistakes& /*mistakes*/) {
  const auto connection = spec.get(session_keys::http::kConnection);
  session.own = HttpPlan{.kept = connection && connection->value == "kept"};
}

constexpr std::array<MetricList, 4> kHttpMetrics{metrics::flow::kAll, metrics::requests::kAll,
                                                 metrics::connection::kAll, metrics::http::kAll};

}  // namespace

extern constexpr SessionKind kHttpKind{
    .kind = TrafficKind::kHttp,
    .word = "http",
    .shape = FlowShape::kRequests,
    .carries = CarriesPayload::kDown,
    .usual = {defaults::kHttpInterval, defaults::kHttpPayload},
    .limits = {.shortest_interval = defaults::kShortestHttpInterval,
               .smallest_payload = Bytes{0},
               .largest_payload = defaults::kLargestHttpPayload,
               .longest_late_after = defaults::kLongestHttpPatience},
    .fates = kConnectionFates,
    .metrics = kHttpMetrics,
    .resolve = resolve_http};

}  // namespace wandrill
