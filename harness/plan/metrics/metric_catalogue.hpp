// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "plan/topology/capacity_plan.hpp"

namespace wandrill {

/// What a metric is about, and so what stands before the dot.
enum class MetricScope : unsigned char {
  kFailover,  ///< "failover.<name>": worst over all failovers; "failover.2.<name>": the second one.
  kFailback,  ///< "failback.<name>", "failback.2.<name>"
  kRouter,    ///< "router.<name>"
  kFlow,  ///< "<flow>.<name>", e.g. "call.up.longest_gap"; with "@<phase>" for a part of the run.
          ///< For a group of several sessions, "<group>.up.<name>" is the worst of them.
  kSession,  ///< "<session>.<name>", e.g. "desktop.longest_stall"
  kClass,    ///< "class.<class>.up.<name>" of a class in the topology's capacity, also by phase.
};

enum class MetricUnit : unsigned char { kSeconds, kPercent, kCount, kBitsPerSecond, kScore };

/// One metric, as docs/metrics.md describes it. Times are in seconds.
struct MetricInfo {
  MetricScope scope;
  std::string_view name;
  MetricUnit unit;
  std::string_view definition;
  std::string_view source;    ///< RFC section, or "ours".
  std::string_view accuracy;  ///< In words: "± one packet interval".
  bool lower_is_better = true;
  KindSet kinds{};        ///< Of a flow's or a session's metric: the kinds of session that have it.
  bool by_phase = false;  ///< A session's metric that can be limited to a phase, as flows' can.
};

/// Every metric there is: the decoder checks names against it, the measuring code fills it, the
/// documentation is tested against it.
std::span<const MetricInfo> metric_catalogue();

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

/// Takes `text` apart; returns the mistake in words, with a nearest-name hint, when it is no metric
/// of those subjects.
std::optional<std::string> parse_metric_name(std::string_view text, const MetricSubjects& subjects,
                                             MetricName& result);

}  // namespace wandrill
