// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/flow_metrics.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "measure/flow/flow_statistics.hpp"
#include "measure/index/in_parallel.hpp"
#include "measure/kinds/volumes.hpp"
#include "measure/voice/call_quality.hpp"
#include "plan/kinds/bulk_metrics.hpp"

namespace wandrill {
namespace {

/// The numbers of a flow in each part of the run, in their order.
using Parts = std::vector<Readings>;

template <typename Measure>
Parts by_part(const RunIndex& run, const Measure& measure) {
  Parts parts;
  for (const auto& part : run.parts)
    parts.push_back(measure(part.spans));
  return parts;
}

Parts measure_parts(const RunIndex& run, const FlowPlan& flow) {
  const auto& session = run.session_of(flow.id);
  if (session.traits().shape == FlowShape::kTunnel) return {};
  if (session.of<BulkPlan>()) {
    if (!session.of<BulkPlan>()->goes(flow.direction)) return {};
    const VolumeLog log{run, flow};
    return by_part(run, [&](const std::vector<TimeSpan>& spans) {
      const auto volume = log.measure(spans);
      Readings readings;
      readings.set(metrics::bulk::kRate, volume.rate);
      readings.set(metrics::bulk::kLongestSilence, volume.longest_silence);
      return readings;
    });
  }
  const auto voice = session.call ? std::make_optional<CallQuality>(run, flow.id) : std::nullopt;
  return by_part(run, [&](const std::vector<TimeSpan>& spans) {
    auto readings = measure_flow(run, flow.id, spans);
    if (voice) voice->measure(spans, readings);
    return readings;
  });
}

}  // namespace

void measure_flows(const RunIndex& run, MetricSink& sink) {
  const auto& flows = run.plan.traffic.flows;
  std::vector<Parts> measured(flows.size());
  in_parallel(flows.size(), [&](std::size_t i) { measured[i] = measure_parts(run, flows[i]); });
  for (std::size_t i = 0; i < flows.size(); ++i)
    for (std::size_t part = 0; part < measured[i].size(); ++part)
      sink.set(of_flow(run.plan, flows[i], run.parts[part].phase), measured[i][part]);
}

}  // namespace wandrill
