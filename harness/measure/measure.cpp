// SPDX-License-Identifier: Apache-2.0
#include "measure/measure.hpp"

#include <algorithm>
#include <array>

#include "measure/flow/class_rates.hpp"
#include "measure/flow/flow_metrics.hpp"
#include "measure/kinds/dns_series.hpp"
#include "measure/kinds/http_requests.hpp"
#include "measure/kinds/matrix.hpp"
#include "measure/kinds/phones.hpp"
#include "measure/kinds/pings.hpp"
#include "measure/kinds/policy.hpp"
#include "measure/kinds/session_fates.hpp"
#include "measure/kinds/tcp_samples.hpp"
#include "measure/kinds/tunnels.hpp"
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
    if (fate == PacketOutcome::kNotSent || fate == PacketOutcome::kUnknown) continue;
    ++summary.sent;
    if (fate == PacketOutcome::kArrived) ++summary.received;
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

RunIndex index_whole(const Plan& plan, const Recording& recording) {
  auto run = index_run(plan, recording);
  run.transitions = find_transitions(run);
  add_convergence(run, run.transitions);
  run.parts = find_parts(run);
  return run;
}

/// Everything that measures, each some rows of the catalogue.
constexpr std::array kAll{measure_transitions, measure_flows,    measure_http_requests,
                          measure_classes,     measure_sessions, measure_tcp_samples,
                          measure_phones,      measure_dns,      measure_tunnels,
                          measure_policy,      measure_matrix,   measure_pings};

}  // namespace

Measurements measure(const Plan& plan, const Recording& recording) {
  const RunIndex run = index_whole(plan, recording);
  Measurements measurements;
  for (const auto& record : run.transitions)
    measurements.transitions.push_back(record.shown);
  for (const auto& flow : plan.traffic.flows)
    measurements.flows.push_back(summarise(run, flow));
  for (const auto& egress : run.egress)
    add_path(run, egress, measurements.flows[egress.flow]);
  // Without a timeline nothing was measured: no number, not even zero.
  if (run.timeline.length() > Nanos{0}) {
    MetricSink sink{plan, measurements};
    for (auto* const measure_some : kAll)
      measure_some(run, sink);
  }
  measurements.instants = find_instants(run);
  measurements.states = observe_states(run, measurements.instants);
  if (run.tester.emulated) add_error_of_emulation(run.tester, measurements);
  measurements.unproven_faults = run.faults.unproven;
  measurements.without_wan = run.faults.without_wan(plan.topology.wans.size());
  add_gates(run, measurements);
  measurements.tester = run.tester;
  measurements.tester_overloaded = run.stalls.tester_overloaded(run.timeline);
  const bool is_empty = recording.events.empty() && !recording.has_sent();
  if (!is_empty) measurements.end = run.timeline.until;
  return measurements;
}

}  // namespace wandrill
