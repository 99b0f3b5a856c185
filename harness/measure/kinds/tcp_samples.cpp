// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/tcp_samples.hpp"

#include <algorithm>

#include "plan/metrics/request_metrics.hpp"

namespace wandrill {

namespace {

/// What the samples of a session's connections add up to, within the timeline.
struct TcpSummary {
  std::uint64_t samples = 0;
  std::uint64_t retransmits = 0;  ///< Over all its connections, as far as they were sampled.
  Nanos longest_rto{0};
};

TcpSummary sum_tcp_samples(const RunIndex& run, const SessionPlan& session) {
  TcpSummary summary;
  std::uint64_t previous = 0;
  for (const auto* sample : run.events_of<TcpSampleEvent>(session)) {
    // The counter begins anew with each connection.
    const std::uint64_t since =
        sample->retransmits >= previous ? sample->retransmits - previous : sample->retransmits;
    previous = sample->retransmits;
    if (!run.timeline.contains(sample->at)) continue;
    ++summary.samples;
    summary.retransmits += since;
    summary.longest_rto = std::max(summary.longest_rto, sample->rto);
  }
  return summary;
}

void set_samples_of(const RunIndex& run, const SessionPlan& session, MetricSink& sink) {
  constexpr Seconds kStampAccuracy{1e-3};
  const auto samples = sum_tcp_samples(run, session);
  Reading<Count> retransmits{.note = "no connection was looked at"};
  Reading<Seconds> rto{.accuracy = kStampAccuracy, .note = retransmits.note};
  if (samples.samples > 0) {
    retransmits = counted(samples.retransmits);
    rto.value = samples.longest_rto;
    rto.note.clear();
  }
  sink.set(of_session(session), metrics::tcp_info::kRetransmits, retransmits);
  sink.set(of_session(session), metrics::tcp_info::kLongestRto, rto);
}

}  // namespace

void measure_tcp_samples(const RunIndex& run, MetricSink& sink) {
  for (const auto& session : run.plan.traffic.sessions)
    if (session.traits().has(metrics::tcp_info::kRetransmits)) set_samples_of(run, session, sink);
}

}  // namespace wandrill
