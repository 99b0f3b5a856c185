// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/flow_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

constexpr std::array<MetricList, 1> kProbeMetrics{metrics::flow::kAll};

}  // namespace

extern constexpr SessionKind kProbeKind{
    .kind = TrafficKind::kProbe,
    .word = "probe",
    .shape = FlowShape::kSchedule,
    .carries = CarriesPayload::kBoth,
    .usual = {defaults::kProbeInterval, defaults::kProbePayload},
    .metrics = kProbeMetrics};

}  // namespace wandrill
