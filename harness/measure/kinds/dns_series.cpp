// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/dns_series.hpp"

#include "plan/kinds/dns_metrics.hpp"

namespace wandrill {
namespace {

Reading<Count> count_of(const RunIndex& run, const SessionPlan& session, std::string_view state) {
  auto count = counted(0);
  for (const auto* change : run.events_of<SessionEvent>(session)) {
    if (change->state != state || !run.timeline.contains(change->at)) continue;
    // The first one's reason stands for all.
    if (*count.value == Count{0}) count.note = change->detail;
    *count.value += Count{1};
  }
  return count;
}

}  // namespace

void measure_dns(const RunIndex& run, MetricSink& sink) {
  for (const auto& session : run.plan.traffic.sessions) {
    if (session.kind != TrafficKind::kDns) continue;
    sink.set(of_session(session), metrics::dns::kRefusals, count_of(run, session, "refused"));
    sink.set(of_session(session), metrics::dns::kTruncated, count_of(run, session, "truncated"));
    sink.set(of_session(session), metrics::dns::kStrays, count_of(run, session, "stray"));
  }
}

}  // namespace wandrill
