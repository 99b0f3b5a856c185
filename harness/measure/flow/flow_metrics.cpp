// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/flow_metrics.hpp"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "measure/flow/flow_statistics.hpp"
#include "measure/index/in_parallel.hpp"
#include "measure/kinds/volumes.hpp"
#include "measure/voice/call_quality.hpp"
#include "measure/worst.hpp"

namespace wandrill {
namespace {

const MetricInfo& info_of(std::string_view name) {
  static const auto by_name = [] {
    std::map<std::string_view, const MetricInfo*> result;
    for (const auto& info : metric_catalogue())
      if (info.scope == MetricScope::kFlow) result[info.name] = &info;
    return result;
  }();
  return *by_name.at(name);
}

std::set<std::string> names_expected(const Plan& plan) {
  std::set<std::string> names;
  for (const auto& expectation : plan.expectations)
    if (const auto* metric = std::get_if<MetricExpectation>(&expectation.what))
      names.insert(metric->metric);
  return names;
}

/// Where the numbers of one flow go.
struct Target {
  const FlowPlan& flow;
  std::string group_flow;  ///< "call.up" for "call.3.up"; empty if the session is alone.
  std::string suffix;      ///< "@backup", or nothing for the whole run.
};

class Publisher {
 public:
  Publisher(const RunIndex& run, std::map<std::string, Measured>& metrics)
      : metrics_{metrics}, worst_{metrics}, expected_{names_expected(run.plan)} {}

  void publish(const Target& target, const MetricsByName& measured) {
    for (const auto& [name, value] : measured) {
      const auto own = target.flow.name + "." + std::string{name} + target.suffix;
      const bool wanted =
          target.group_flow.empty() || target.suffix.empty() || expected_.contains(own);
      if (wanted) metrics_[own] = value;
      if (target.group_flow.empty()) continue;
      auto of_flow = value;
      of_flow.note = of_flow.note.empty() ? target.flow.name
                                          : fmt::format("{}: {}", target.flow.name, of_flow.note);
      worst_.take(target.group_flow + "." + std::string{name} + target.suffix, of_flow,
                  info_of(name).lower_is_better);
    }
  }

 private:
  std::map<std::string, Measured>& metrics_;
  WorstOf worst_;
  std::set<std::string> expected_;
};

std::string group_flow_of(const RunIndex& run, const FlowPlan& flow) {
  const auto& session = run.plan.traffic.sessions[flow.session];
  if (session.group == session.name) return "";
  return session.group + "." + std::string{to_string(flow.direction)};
}

using Phases = std::map<std::string_view, std::vector<TimeSpan>>;
/// The numbers of a flow by suffix: of the whole run, then of each phase.
using Parts = std::vector<std::pair<std::string, MetricsByName>>;

template <typename Measure>
Parts in_all_and_by_phase(const RunIndex& run, const Phases& phases, const Measure& measure) {
  Parts parts;
  parts.emplace_back("", measure(std::vector{run.timeline}));
  for (const auto& [phase, spans] : phases)
    parts.emplace_back("@" + std::string{phase}, measure(spans));
  return parts;
}

Parts measure_parts(const RunIndex& run, const FlowPlan& flow, const Phases& phases) {
  const auto& session = run.session_of(flow.id);
  if (session.traits().shape == FlowShape::kTunnel) return {};
  if (session.bulk) {
    if (!session.bulk->goes(flow.direction)) return {};
    const VolumeLog log{run, flow};
    return in_all_and_by_phase(run, phases, [&](const std::vector<TimeSpan>& spans) {
      MetricsByName of_flow;
      log.measure(spans, of_flow);
      return of_flow;
    });
  }
  const auto voice = session.call ? std::make_optional<CallQuality>(run, flow.id) : std::nullopt;
  return in_all_and_by_phase(run, phases, [&](const std::vector<TimeSpan>& spans) {
    auto of_flow = measure_flow(run, flow.id, spans);
    if (voice) voice->measure(spans, of_flow);
    return of_flow;
  });
}

}  // namespace

void measure_flows(const RunIndex& run,
                   const std::map<std::string_view, std::vector<TimeSpan>>& phases,
                   std::map<std::string, Measured>& metrics) {
  const auto& flows = run.plan.traffic.flows;
  std::vector<Parts> measured(flows.size());
  in_parallel(flows.size(),
              [&](std::size_t i) { measured[i] = measure_parts(run, flows[i], phases); });
  Publisher publisher{run, metrics};
  for (std::size_t i = 0; i < flows.size(); ++i)
    for (const auto& [suffix, of_part] : measured[i])
      publisher.publish({flows[i], group_flow_of(run, flows[i]), suffix}, of_part);
}

}  // namespace wandrill
