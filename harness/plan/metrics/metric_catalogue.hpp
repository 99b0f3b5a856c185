// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "plan/metric.hpp"
#include "plan/topology/capacity_plan.hpp"

namespace wandrill {

/// Every metric there is: the decoder checks names against it, the measuring code fills it, the
/// documentation is tested against it.
MetricList metric_catalogue();

/// The phases of a run that a flow's metric can be restricted to ("@backup").
/// before: until the first fault. failover: first fault observed until full convergence. backup:
/// full convergence on another WAN until the restore. failback: restore until the traffic is back
/// and sustained. after: from then on. In several cycles, a phase is the union of its parts.
std::span<const std::string_view> phase_names();

std::string_view to_string(MetricUnit unit);  ///< "s", "%", "1", "bit/s"

/// A metric's name taken apart. `subject`: "failover", "call.up", "desktop"; `index`: the 2 of
/// "failover.2.detection_time".
struct MetricName {
  std::string subject;
  std::optional<int> index;
  const MetricInfo* info = nullptr;
  std::string phase;
};

/// A flow, a session or a group of them that metrics can be about.
struct MetricSubject {
  std::string name;
  TrafficKind kind = TrafficKind::kProbe;
};

/// All that metrics can be about in a run, beside its transitions and the router.
struct MetricSubjects {
  std::vector<MetricSubject> flows;
  std::vector<MetricSubject> sessions;
  std::vector<std::string> classes;  ///< "class.voice.up"
};

MetricSubjects subjects_of(const TrafficPlan& traffic,
                           const std::vector<CapacityClass>& capacity = {});

/// "call.up.longest_gap", "desktop.longest_stall", "router.switches"
std::string metric_key(std::string_view subject, const MetricInfo& metric);

/// Takes `text` apart; returns the mistake in words, with a nearest-name hint, when it is no metric
/// of those subjects.
std::optional<std::string> parse_metric_name(std::string_view text, const MetricSubjects& subjects,
                                             MetricName& result);

}  // namespace wandrill
