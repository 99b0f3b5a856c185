// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/convergence.hpp"

#include <algorithm>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// A failback's losses begin around its reversion, not at the restore.
constexpr Nanos kAroundReversion = 500ms;
constexpr int kSustainedPackets = 5;
constexpr Nanos kShortestProof = 250ms;

bool is_failback(const TransitionRecord& record) {
  return record.shown.kind == Transition::Kind::kFailback;
}

/// When the session's packets began to leave by `wan` for good within the transition; what goes
/// through a tunnel leaves as the tunnel does.
std::optional<RunInstant> followed_at(const RunIndex& run, const TransitionRecord& record,
                                      const SessionPlan& session) {
  const auto* outer = run.plan.traffic.session_named(session.through);
  const auto* egress = run.egress_of(outer == nullptr ? session.up : outer->up);
  if (egress == nullptr) return std::nullopt;
  std::optional<RunInstant> since;
  for (const auto& leg : egress->runs) {
    if (leg.first >= record.span.until) break;
    if (leg.wan != record.to)
      since.reset();
    else if (!since)
      since = leg.first;
  }
  return since;
}

/// From when the flow is unimpaired and stays so until the transition's end or for long enough.
std::optional<RunInstant> restored_at(const RunIndex& run, const TransitionRecord& record,
                                      FlowId flow, RunInstant from) {
  const Nanos sustained =
      std::max(run.session_of(flow).interval * kSustainedPackets, run.plan.sustained_for);
  RunInstant clean = from;
  for (const auto& period : losses_of(run, record, flow)) {
    const RunInstant next = end_of(period);
    if (next <= from) continue;
    if (period.first_missing >= clean + sustained) break;
    if (period.open || next >= record.span.until) return std::nullopt;
    clean = next;
  }
  // The next step may come sooner than the sustained time; a moment of quiet proves nothing.
  if (record.span.until - clean < std::min(sustained, kShortestProof)) return std::nullopt;
  return clean;
}

}  // namespace

TimeSpan loss_span(const RunIndex& run, const TransitionRecord& record) {
  RunInstant from = record.asked();
  if (is_failback(record) || !record.answers)
    from = std::max(from, record.shown.switched.value_or(from) - kAroundReversion);
  return {from - run.in_flight, record.span.until - run.in_flight};
}

std::vector<LossPeriod> losses_of(const RunIndex& run, const TransitionRecord& record,
                                  FlowId flow) {
  const auto span = loss_span(run, record);
  std::vector<LossPeriod> result;
  for (const auto& period : run.loss_periods[flow])
    if (span.contains(period.first_missing)) result.push_back(period);
  return result;
}

std::optional<FlowInstant> first_packet_over(const RunIndex& run, const TransitionRecord& record) {
  std::optional<FlowInstant> first;
  for (const auto& egress : run.egress) {
    if (!run.is_reference_flow(egress.flow)) continue;
    const auto& packets = run.packets[egress.flow];
    std::optional<RunInstant> found;
    egress.sightings.visit_from(record.span.from, [&](const TapObservation& seen) {
      const bool is_over = seen.at >= record.span.until;
      const bool is_it = !is_over && seen.wan == record.to && seen.sequence < packets.size() &&
                         packets.fate(seen.sequence) == PacketOutcome::kArrived;
      if (is_it) found = seen.at;
      return !is_over && !is_it;
    });
    if (found && (!first || *found < first->at)) first = FlowInstant{*found, egress.flow};
  }
  return first;
}

std::optional<FlowInstant> full_convergence(const RunIndex& run, const TransitionRecord& record) {
  if (!record.shown.first_packet) return std::nullopt;
  std::optional<FlowInstant> last;
  for (const auto& flow : run.plan.traffic.flows) {
    if (!run.is_reference_flow(flow.id) || run.packets[flow.id].size() == 0) continue;
    auto from = record.span.from;
    if (is_failback(record)) {
      const auto followed = followed_at(run, record, run.session_of(flow.id));
      if (!followed) return std::nullopt;
      from = std::max(from, *followed);
    }
    const auto restored = restored_at(run, record, flow.id, from);
    if (!restored) return std::nullopt;
    if (!last || *restored > last->at) last = FlowInstant{*restored, flow.id};
  }
  return last;
}

void add_convergence(const RunIndex& run, std::vector<TransitionRecord>& records) {
  for (auto& record : records) {
    if (record.shown.missed) continue;
    if (const auto first = first_packet_over(run, record)) record.shown.first_packet = first->at;
    if (const auto last = full_convergence(run, record)) record.shown.converged = last->at;
  }
}

}  // namespace wandrill
