// SPDX-License-Identifier: Apache-2.0
#include "plan/metrics/metric_catalogue.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "plan/metrics/class_metrics.hpp"
#include "plan/metrics/router_metrics.hpp"
#include "plan/metrics/transition_metrics.hpp"

namespace wandrill {
namespace {

constexpr std::array<std::string_view, 5> kPhases{"before", "failover", "backup", "failback",
                                                  "after"};

}  // namespace

MetricList metric_catalogue() {
  static const auto all = [] {
    std::vector<const MetricInfo*> joined;
    const auto add = [&](MetricList part) {
      for (const auto* metric : part)
        if (std::ranges::find(joined, metric) == joined.end()) joined.push_back(metric);
    };
    for (const MetricList part :
         {MetricList{metrics::failover::kAll}, MetricList{metrics::failback::kAll},
          MetricList{metrics::router::kAll}, MetricList{metrics::traffic_class::kAll}})
      add(part);
    for (const auto* kind : session_kinds())
      for (const auto part : kind->metrics)
        add(part);
    return joined;
  }();
  return all;
}

std::string metric_key(std::string_view subject, const MetricInfo& metric) {
  return fmt::format("{}.{}", subject, metric.name);
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
