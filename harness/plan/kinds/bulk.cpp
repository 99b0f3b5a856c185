// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/bulk.hpp"

#include <array>

#include "plan/kinds/bulk_metrics.hpp"
#include "plan/metrics/request_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/bulk_keys.hpp"

namespace wandrill {
namespace {

void resolve_bulk(const SessionSpec& spec, const SessionContext& /*context*/, SessionPlan& session,
                  Mistakes& mistakes) {
  using namespace session_keys::bulk;
  const auto direction = spec.get(kDirection);
  const auto starts = spec.get(kStarts);
  const auto rate = spec.get(kRate);
  BulkPlan bulk;
  if (direction)
    bulk.direction = parse_word<FaultDirection>(direction->value).value_or(bulk.direction);
  if (starts) bulk.starts = starts->value;
  if (rate) {
    bulk.rate = rate->value.value;
    if (rate->value < defaults::kLowestBulkRate)
      mistakes.add(rate->place, "'rate' must be at least {}", to_string(defaults::kLowestBulkRate));
  }
  session.own = bulk;
}

constexpr std::array<MetricList, 2> kBulkMetrics{metrics::bulk::kAll, metrics::tcp_info::kAll};

}  // namespace

extern constexpr SessionKind kBulkKind{.kind = TrafficKind::kBulk,
                                       .word = "bulk",
                                       .shape = FlowShape::kVolume,
                                       .usual = {defaults::kTcpInterval, defaults::kTcpPayload},
                                       .metrics = kBulkMetrics,
                                       .resolve = resolve_bulk};

}  // namespace wandrill
