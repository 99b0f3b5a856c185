// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/kinds/resolve_call.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/voice_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

void resolve_rtp(const SessionSpec& spec, const SessionContext& /*context*/, SessionPlan& session,
                 Mistakes& mistakes) {
  resolve_call(spec, session, mistakes);
}

constexpr std::array<MetricList, 2> kRtpMetrics{metrics::flow::kAll, metrics::voice::kAll};

}  // namespace

extern constexpr SessionKind kRtpKind{
    .kind = TrafficKind::kRtp,
    .word = "rtp",
    .shape = FlowShape::kSchedule,
    .has_voice = true,
    .carries = CarriesPayload::kBoth,
    .usual = {defaults::kRtpInterval, defaults::kRtpPayload, defaults::kRtpDscp},
    .metrics = kRtpMetrics,
    .resolve = resolve_rtp};

}  // namespace wandrill
