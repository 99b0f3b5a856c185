// SPDX-License-Identifier: Apache-2.0
#include "measure/measure.hpp"

#include <algorithm>

#include "measure/flow/class_rates.hpp"
#include "measure/flow/flow_metrics.hpp"
#include "measure/kinds/dns_series.hpp"
#include "measure/kinds/http_requests.hpp"
#include "measure/kinds/matrix.hpp"
#include "measure/kinds/phones.hpp"
#include "measure/kinds/policy.hpp"
#include "measure/kinds/session_fates.hpp"
#include "measure/kinds/tunnels.hpp"
#include "measure/kinds/volumes.hpp"
#include "measure/state/gates.hpp"
#include "measure/state/states.hpp"
#include "measure/transition/convergence.hpp"
#include "measure/transition/phases.hpp"
#include "measure/transition/transition_metrics.hpp"
#include "measure/transition/transitions.hpp"

namespace wandrill {
namespace {

FlowSummary summarise(const RunIndex& run, const FlowPlan& flow) {
  const auto& packets = run.packets[flow.id];
  FlowSummary summary{.name = flow.name, .loss_periods = run.loss_periods[flow.id]};
  const auto range = packets.within(run.timeline);
  for (auto i = range.first; i < range.last; ++i) {
    const auto fate = packets.fate(i);
    if (fate == PacketFate::kNotSent || fate == PacketFate::kUnknown) continue;
    ++summary.sent;
    if (fate == PacketFate::kArrived) ++summary.received;
  }
  summary.lost = summary.sent - summary.received;
  return summary;
}

/// Which way the flow went, without the pauses.
void add_path(const RunIndex& run, const Egress& egress, FlowSummary& summary) {
  for (const auto& leg : egress.runs) {
    const auto& wan = run.wan_name(leg.wan);
    if (summary.path.empty() || summary.path.back().second != wan)
      summary.path.emplace_back(leg.first, wan);
  }
  summary.foreign_sources = find_foreign_sources(run.plan, run.recording, egress);
}

/// An emulated processor takes a packet's stamp when it gets to it, and it gets to it as late as to
/// a packet that is to be sent: no time is known better than that.
void add_error_of_emulation(const TesterError& tester, Measurements& measurements) {
  for (auto& [name, measured] : measurements.metrics)
    if (measured.unit == MetricUnit::kSeconds)
      measured.accuracy = std::max(measured.accuracy, in_seconds(tester.late_send_p99));
  for (auto& state : measurements.states)
    state.accuracy = std::max(state.accuracy, tester.late_send_p99);
}

}  // namespace

Measurements measure(const Plan& plan, const Recording& recording) {
  const RunIndex run = index_run(plan, recording);
  auto records = find_transitions(run);
  add_convergence(run, records);

  Measurements measurements;
  for (const auto& record : records)
    measurements.transitions.push_back(record.shown);
  for (const auto& flow : plan.traffic.flows)
    measurements.flows.push_back(summarise(run, flow));
  for (const auto& egress : run.egress)
    add_path(run, egress, measurements.flows[egress.flow]);
  measure_transitions(run, records, measurements.metrics);
  const auto phases = find_phases(run, measurements.transitions);
  measure_flows(run, phases, measurements.metrics);
  measure_http_requests(run, phases, measurements.metrics);
  measure_classes(run, phases, measurements.metrics);
  measurements.fates = measure_sessions(run, measurements.metrics);
  for (const auto& session : plan.traffic.sessions)
    if (session.bulk) measure_tcp_samples(run, session, measurements.metrics);
  measure_phones(run, measurements.metrics);
  measure_dns(run, measurements.metrics);
  measure_tunnels(run, measurements.transitions, measurements.metrics);
  measurements.leaks = measure_policy(run, measurements.metrics);
  measurements.barred = find_barred_traffic(run);
  measurements.matrix = measure_matrix(run, measurements.metrics);
  if (run.timeline.length() == Nanos{0}) {  // nothing was measured: no number, not even zero
    measurements.metrics.clear();
    measurements.fates.clear();
    measurements.leaks.clear();
    measurements.barred.clear();
    measurements.matrix.clear();
  }
  measurements.instants = find_instants(run);
  measurements.states = observe_states(run, measurements.instants);
  if (run.tester.emulated) add_error_of_emulation(run.tester, measurements);
  measurements.unproven_faults = run.faults.unproven;
  measurements.without_wan = run.faults.without_wan(plan.topology.wans.size());
  add_gates(run, measurements);
  measurements.tester = run.tester;
  measurements.drowned = run.stalls.drowned(run.timeline);
  const bool is_empty = recording.events.empty() && !recording.has_sent();
  if (!is_empty) measurements.end = run.timeline.until;
  return measurements;
}

}  // namespace wandrill
