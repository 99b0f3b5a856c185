// SPDX-License-Identifier: Apache-2.0
#include "plan/metrics/metric_catalogue.hpp"

#include <array>
#include <set>

#include <fmt/format.h>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

constexpr std::array<std::string_view, 5> kPhases{"before", "failover", "backup", "failback",
                                                  "after"};

/// Whose packets are told apart one by one.
constexpr KindSet kToldApart{TrafficKind::kRtp,       TrafficKind::kProbe,  TrafficKind::kTcp,
                             TrafficKind::kSip,       TrafficKind::kDns,    TrafficKind::kHttp,
                             TrafficKind::kForbidden, TrafficKind::kMatrix, TrafficKind::kExec};

}  // namespace

std::span<const MetricInfo> metric_catalogue() {
  static const auto all = [] {
    std::vector<MetricInfo> joined;
    for (auto info : flow_metrics()) {
      info.kinds = kToldApart;
      joined.push_back(info);
    }
    for (const auto part : {transition_metrics(), router_metrics(), voice_metrics(),
                            request_metrics(), policy_metrics(), tunnel_metrics(), volume_metrics(),
                            sip_metrics(), dns_metrics(), http_metrics(), class_metrics()})
      joined.insert(joined.end(), part.begin(), part.end());
    return joined;
  }();
  return all;
}

std::span<const std::string_view> phase_names() {
  return kPhases;
}

std::string_view to_string(MetricUnit unit) {
  switch (unit) {
    case MetricUnit::kSeconds:
      return "s";
    case MetricUnit::kPercent:
      return "%";
    case MetricUnit::kBitsPerSecond:
      return "bit/s";
    case MetricUnit::kCount:
    case MetricUnit::kScore:
      break;
  }
  return "1";
}

MetricSubjects subjects_of(const TrafficPlan& traffic, const std::vector<CapacityClass>& capacity) {
  MetricSubjects subjects;
  for (const auto& one : capacity)
    for (const char* direction : {"up", "down"})
      subjects.classes.push_back(fmt::format("class.{}.{}", one.name, direction));
  for (const auto& flow : traffic.flows)
    subjects.flows.push_back({flow.name, traffic.session_of(flow.id).kind});
  std::set<std::string> groups;
  for (const auto& session : traffic.sessions) {
    subjects.sessions.push_back({session.name, session.kind});
    if (session.group == session.name || !groups.insert(session.group).second) continue;
    subjects.sessions.push_back({session.group, session.kind});
    for (const char* direction : {"up", "down"})
      subjects.flows.push_back({fmt::format("{}.{}", session.group, direction), session.kind});
  }
  return subjects;
}

}  // namespace wandrill
