// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/transitions.hpp"

#include <algorithm>
#include <set>

#include "measure/transition/causes.hpp"
#include "measure/transition/detection.hpp"

namespace wandrill {
namespace {

using Kind = Transition::Kind;

void describe(TransitionRecord& record, const FaultRecord& cause) {
  record.answers = true;
  record.shown.cause = cause.id;
  record.shown.label = cause.label;
  record.shown.what = cause.what;
  record.shown.cycle = cause.cycle;
  record.shown.requested = cause.requested;
  record.shown.applied = cause.applied;
  record.shown.observed = cause.observed ? cause.observed : cause.applied;
}

void describe(TransitionRecord& record, const CommandRecord& cause) {
  record.answers = true;
  record.shown.cause = cause.event.id;
  record.shown.label = cause.event.label;
  record.shown.what = "command " + cause.event.command;
  record.shown.cycle = cause.cycle;
  record.shown.requested = record.shown.applied = record.shown.observed = cause.event.at;
}

/// An edge of a flap is stamped when it has been made: a router that the link's own signal wakes
/// may have told it already.
constexpr Nanos kEdgeIsLate = std::chrono::milliseconds{20};

/// A flapping link breaks and mends many times: each switch answers the last edge before it.
void start_at_edge(TransitionRecord& record, const FaultRecord& flap, bool down, RunInstant at) {
  const auto edge = flap.last_edge(down, at + kEdgeIsLate);
  if (!edge) return;
  record.shown.applied = record.shown.observed = std::min(*edge, at);
  record.shown.requested = *edge - kEdgeIsLate;
}

TransitionRecord from_switch(const RunIndex& run, const WanSwitch& one, const Cause& cause) {
  TransitionRecord record{.from = one.from, .to = one.to, .moved = one.flows};
  record.shown.kind = cause.is_failover ? Kind::kFailover : Kind::kFailback;
  record.shown.from_wan = run.wan_name(one.from);
  record.shown.to_wan = run.wan_name(one.to);
  record.shown.switched = one.at;
  if (cause.command != nullptr) describe(record, *cause.command);
  if (cause.fault != nullptr) {
    describe(record, *cause.fault);
    if (!cause.fault->restore) start_at_edge(record, *cause.fault, cause.is_failover, one.at);
    if (cause.is_failover) record.fault = cause.fault;
  }
  if (!record.answers) record.shown.perhaps_by_stall = run.stalls.may_explain_switch(one.at);
  const auto start = record.shown.observed.value_or(one.at);
  const auto next = run.faults.next_step(std::max(start, one.at));
  record.span = {start, next.value_or(run.timeline.until)};
  return record;
}

TransitionRecord from_missed(const RunIndex& run, const FaultRecord& fault) {
  const std::uint8_t wan = fault.wan.value_or(0);
  TransitionRecord record{.from = wan, .to = wan, .fault = &fault};
  describe(record, fault);
  record.shown.missed = true;
  record.shown.from_wan = run.wan_name(wan);
  record.span = {record.shown.observed.value_or(fault.start()),
                 std::min(fault.until, run.timeline.until)};
  record.shown.perhaps_by_stall = run.stalls.tester_overloaded(record.span);
  return record;
}

void ask_the_router(const RunIndex& run, TransitionRecord& record) {
  if (!record.answers) return;
  const bool failover = record.shown.kind == Kind::kFailover;
  const DetectionQuery query{.span = {record.asked(), record.span.until},
                             .meaning = failover ? "wan_down" : "wan_up",
                             .wan = failover ? record.from : record.to};
  record.shown.declared = find_declaration(run, query);
  record.shown.first_route_event = find_route_event(run, query);
}

/// A switch that a stall may have caused excuses the way back, too.
void excuse_returns(std::vector<TransitionRecord>& records) {
  for (std::size_t i = 1; i < records.size(); ++i) {
    const auto& before = records[i - 1];
    auto& record = records[i];
    if (before.shown.perhaps_by_stall && !record.answers && record.to == before.from)
      record.shown.perhaps_by_stall = true;
  }
}

RunInstant time_of(const TransitionRecord& record) {
  return record.shown.switched.value_or(record.span.from);
}

}  // namespace

std::vector<TransitionRecord> find_transitions(const RunIndex& run) {
  std::vector<TransitionRecord> records;
  CauseFinder causes{run};
  for (const auto& one : run.history.switches)
    records.push_back(from_switch(run, one, causes.of(one)));
  for (const auto* fault : missed_faults(run))
    records.push_back(from_missed(run, *fault));
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& a, const auto& b) { return time_of(a) < time_of(b); });
  excuse_returns(records);
  int failovers = 0;
  int failbacks = 0;
  for (auto& record : records) {
    record.shown.number = record.shown.kind == Kind::kFailover ? ++failovers : ++failbacks;
    record.shown.ended = record.span.until;
    record.shown.stalled = run.stalls.within(record.span);
    ask_the_router(run, record);
  }
  return records;
}

}  // namespace wandrill
