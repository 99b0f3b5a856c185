// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/traffic_kinds.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "plan/kinds/bulk_metrics.hpp"
#include "plan/kinds/dns_metrics.hpp"
#include "plan/kinds/http_metrics.hpp"
#include "plan/kinds/policy_metrics.hpp"
#include "plan/kinds/sip_metrics.hpp"
#include "plan/kinds/tunnel_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/request_metrics.hpp"
#include "plan/metrics/voice_metrics.hpp"

namespace wandrill {
namespace {

constexpr std::array<std::string_view, 5> kConnectionFates{"survived", "stalled", "reset", "hung",
                                                           "never_recovered"};
constexpr std::array<std::string_view, 4> kSeriesFates{"survived", "stalled", "hung",
                                                       "never_recovered"};

constexpr std::array<MetricList, 2> kRtpMetrics{metrics::flow::kAll, metrics::voice::kAll};
constexpr std::array<MetricList, 1> kProbeMetrics{metrics::flow::kAll};
constexpr std::array<MetricList, 3> kDnsMetrics{metrics::flow::kAll, metrics::requests::kAll,
                                                metrics::dns::kAll};
constexpr std::array<MetricList, 3> kSipMetrics{metrics::flow::kAll, metrics::voice::kAll,
                                                metrics::sip::kAll};
constexpr std::array<MetricList, 2> kExecMetrics{metrics::flow::kAll, metrics::voice::kAll};
constexpr std::array<MetricList, 2> kBulkMetrics{metrics::bulk::kAll, metrics::tcp_info::kAll};
constexpr std::array<MetricList, 1> kWireguardMetrics{metrics::tunnel::kAll};
constexpr std::array<MetricList, 1> kOpenvpnMetrics{metrics::tunnel::kAll};
constexpr std::array<MetricList, 3> kForbiddenMetrics{metrics::flow::kAll, metrics::policy::kAll,
                                                      metrics::forbidden::kAll};
constexpr std::array<MetricList, 3> kMatrixMetrics{metrics::flow::kAll, metrics::policy::kAll,
                                                   metrics::matrix::kAll};
constexpr std::array<MetricList, 4> kHttpMetrics{metrics::flow::kAll, metrics::requests::kAll,
                                                 metrics::connection::kAll, metrics::http::kAll};
constexpr std::array<MetricList, 4> kTcpMetrics{metrics::flow::kAll, metrics::requests::kAll,
                                                metrics::connection::kAll, metrics::tcp_info::kAll};

constexpr std::array kKinds{
    KindTraits{.kind = TrafficKind::kRtp,
               .shape = FlowShape::kSchedule,
               .has_voice = true,
               .metrics = kRtpMetrics},
    KindTraits{
        .kind = TrafficKind::kProbe, .shape = FlowShape::kSchedule, .metrics = kProbeMetrics},
    KindTraits{.kind = TrafficKind::kDns,
               .shape = FlowShape::kRequests,
               .real_server = true,
               .fates = kSeriesFates,
               .metrics = kDnsMetrics},
    KindTraits{.kind = TrafficKind::kSip,
               .shape = FlowShape::kSchedule,
               .has_voice = true,
               .pauses = true,
               .metrics = kSipMetrics},
    KindTraits{.kind = TrafficKind::kExec,
               .shape = FlowShape::kProgram,
               .has_voice = true,
               .pauses = true,
               .metrics = kExecMetrics},
    KindTraits{.kind = TrafficKind::kBulk, .shape = FlowShape::kVolume, .metrics = kBulkMetrics},
    KindTraits{.kind = TrafficKind::kWireguard,
               .shape = FlowShape::kTunnel,
               .real_server = true,
               .metrics = kWireguardMetrics},
    KindTraits{.kind = TrafficKind::kOpenvpn,
               .shape = FlowShape::kTunnel,
               .real_server = true,
               .metrics = kOpenvpnMetrics},
    KindTraits{.kind = TrafficKind::kForbidden,
               .shape = FlowShape::kAttempts,
               .metrics = kForbiddenMetrics},
    KindTraits{
        .kind = TrafficKind::kMatrix, .shape = FlowShape::kAttempts, .metrics = kMatrixMetrics},
    KindTraits{.kind = TrafficKind::kHttp,
               .shape = FlowShape::kRequests,
               .fates = kConnectionFates,
               .metrics = kHttpMetrics},
    KindTraits{.kind = TrafficKind::kTcp,
               .shape = FlowShape::kRequests,
               .fates = kConnectionFates,
               .metrics = kTcpMetrics},
};

}  // namespace

bool KindTraits::has(const MetricInfo& metric) const {
  return std::ranges::any_of(metrics, [&](const MetricList& part) {
    return std::ranges::find(part, &metric) != part.end();
  });
}

std::span<const KindTraits> session_kinds() {
  return kKinds;
}

const KindTraits& traits_of(TrafficKind kind) {
  for (const auto& traits : kKinds)
    if (traits.kind == kind) return traits;
  throw std::logic_error{"a kind of traffic without traits"};
}

}  // namespace wandrill
