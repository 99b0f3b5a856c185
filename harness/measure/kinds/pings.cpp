// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/pings.hpp"

#include <utility>

#include "measure/flow/flow_statistics.hpp"
#include "plan/kinds/ping_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"

namespace wandrill {

void measure_pings(const RunIndex& run, MetricSink& sink) {
  // The replies carry what the requests did, so that their one-way delay is there and back.
  static constexpr std::pair<const MetricInfo*, const MetricInfo*> kOfReplies[] = {
      {&metrics::ping::kRttP50, &metrics::flow::kDelayP50},
      {&metrics::ping::kRttP99, &metrics::flow::kDelayP99},
      {&metrics::ping::kRttMax, &metrics::flow::kDelayMax},
      {&metrics::ping::kLoss, &metrics::flow::kLoss},
      {&metrics::ping::kLongestGap, &metrics::flow::kLongestGap}};
  for (const auto& session : run.plan.traffic.sessions) {
    if (session.kind != TrafficKind::kPing) continue;
    for (const auto& part : run.parts) {
      const auto replies = measure_flow(run, session.down, part.spans);
      for (const auto& [own, of_flow] : kOfReplies)
        sink.set(of_session(session, part.phase), *own, replies.at(*of_flow));
    }
  }
}

}  // namespace wandrill
