// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/plan.hpp"
#include "plan/topology/topology_fields.hpp"

// The fields of every part of a Plan under their names in JSON, each named once: reading and
// writing are both made from these. A visitor is called as `visit("name", field)`.
namespace wandrill {

void visit_fields(auto&& visit, MaybeConst<ProcessPlan> auto& value) {
  visit("name", value.name);
  visit("command", value.command);
  visit("ready_pattern", value.ready_pattern);
  visit("ready_within_ns", value.ready_within);
}

void visit_fields(auto&& visit, MaybeConst<FilePlan> auto& value) {
  visit("name", value.name);
  visit("content", value.content);
}

void visit_fields(auto&& visit, MaybeConst<LogPattern> auto& value) {
  visit("meaning", value.meaning);
  visit("pattern", value.pattern);
}

void visit_fields(auto&& visit, MaybeConst<NamedCommand> auto& value) {
  visit("name", value.name);
  visit("command", value.command);
}

void visit_fields(auto&& visit, MaybeConst<RouterPlan> auto& value) {
  visit("name", value.name);
  visit("description", value.description);
  visit("sysctls", value.sysctls);
  visit("nft", value.nft);
  visit("files", value.files);
  visit("processes", value.processes);
  visit("commands", value.commands);
  visit("log_patterns", value.log_patterns);
  visit("log_stamp_pattern", value.log_stamp_pattern);
}

void visit_fields(auto&& visit, MaybeConst<EndpointPlan> auto& value) {
  visit("node", value.node);
  visit("address", value.address);
  visit("port", value.port);
}

/// What only the session's kind has, each alternative under its key as if it were an optional of
/// its own.
template <typename Own, typename Variant>
void visit_alternative(auto&& visit, Variant& own) {
  std::optional<Own> one;
  if (const auto* held = std::get_if<Own>(&own)) one = *held;
  visit(Own::kKey, one);
  if constexpr (!std::is_const_v<Variant>)
    if (one) own = *one;
}

template <typename... Own>
void visit_own(auto&& visit, std::variant<std::monostate, Own...>& own) {
  (visit_alternative<Own>(visit, own), ...);
}
template <typename... Own>
void visit_own(auto&& visit, const std::variant<std::monostate, Own...>& own) {
  (visit_alternative<Own>(visit, own), ...);
}

void visit_fields(auto&& visit, MaybeConst<SessionPlan> auto& value) {
  visit("name", value.name);
  visit("group", value.group);
  visit("kind", value.kind);
  visit("client", value.client);
  visit("server", value.server);
  visit("up", value.up);
  visit("down", value.down);
  visit("interval_ns", value.interval);
  visit("phase_ns", value.phase);
  visit("payload_bytes", value.payload_bytes);
  visit("late_after_ns", value.late_after);
  visit("dscp", value.dscp);
  visit("confined", value.confined);
  visit("through", value.through);
  visit("call", value.call);
  visit_own(visit, value.own);
}

void visit_fields(auto&& visit, MaybeConst<FlowPlan> auto& value) {
  visit("id", value.id);
  visit("name", value.name);
  visit("session", value.session);
  visit("direction", value.direction);
}

void visit_fields(auto&& visit, MaybeConst<TrafficPlan> auto& value) {
  visit("sessions", value.sessions);
  visit("flows", value.flows);
}

void visit_fields(auto&& visit, MaybeConst<FlapEdge> auto& value) {
  visit("offset_ns", value.offset);
  visit("down", value.down);
}

void visit_fields(auto&& visit, MaybeConst<LabFaultValue> auto& value) {
  visit("server", value.server);
  visit("process", value.process);
  visit("run", value.run);
  visit("undo", value.undo);
  visit("arp", value.arp);
  visit("mtu_bytes", value.mtu);
  visit("too_big", value.too_big);
  visit("mode", value.mode);
  visit("delay_ns", value.delay);
  visit("addresses", value.addresses);
}

void visit_fields(auto&& visit, MaybeConst<FaultAction> auto& value) {
  visit("id", value.id);
  visit("label", value.label);
  visit("kind", value.kind);
  visit("wan", value.wan);
  visit("direction", value.direction);
  visit("value", value.value);
  visit("filter", value.filter);
  visit("flap_of", value.flap_of);
  visit("edges", value.edges);
  visit("lab", value.lab);
  visit("ramp_ns", value.ramp);
  visit("duty", value.duty);
}

void visit_fields(auto&& visit, MaybeConst<RestoreAction> auto& value) {
  visit("id", value.id);
  visit("label", value.label);
  visit("faults", value.faults);
}

void visit_fields(auto&& visit, MaybeConst<CommandAction> auto& value) {
  visit("id", value.id);
  visit("label", value.label);
  visit("command", value.command);
  visit("deadline_ns", value.deadline);
}

void visit_fields(auto&& visit, MaybeConst<Condition> auto& value) {
  visit("kind", value.kind);
  visit("wan", value.wan);
  visit("session", value.session);
  visit("pattern", value.pattern);
  visit("channel", value.channel);
}

void visit_fields(auto&& visit, MaybeConst<AtTime> auto& value) {
  visit("at_ns", value.at);
}

void visit_fields(auto&& visit, MaybeConst<AfterPrevious> auto& value) {
  visit("wait_ns", value.wait);
}

void visit_fields(auto&& visit, MaybeConst<UntilCondition> auto& value) {
  visit("condition", value.condition);
  visit("deadline_ns", value.deadline);
}

void visit_fields(auto&& visit, MaybeConst<AfterEvent> auto& value) {
  visit("event", value.event);
  visit("offset_ns", value.offset);
  visit("deadline_ns", value.deadline);
}

void visit_fields(auto&& visit, MaybeConst<AbortPlan> auto& value) {
  visit("condition", value.condition);
  visit("for_ns", value.lasting);
}

void visit_fields(auto&& visit, MaybeConst<StepPlan> auto& value) {
  visit("cycle", value.cycle);
  visit("when", value.when);
  visit("action", value.action);
}

void visit_fields(auto&& visit, MaybeConst<TimelinePlan> auto& value) {
  visit("steps", value.steps);
  visit("aborts", value.aborts);
  visit("duration_ns", value.duration);
  visit("steady_for_ns", value.steady_for);
  visit("steady_within_ns", value.steady_within);
  visit("failback_within_ns", value.failback_within);
}

void visit_fields(auto&& visit, MaybeConst<MetricExpectation> auto& value) {
  visit("metric", value.metric);
  visit("at_most", value.at_most);
  visit("at_least", value.at_least);
  visit("equals", value.equals);
}

void visit_fields(auto&& visit, MaybeConst<StateExpectation> auto& value) {
  visit("state", value.state);
  visit("after", value.after);
  visit("within_ns", value.within);
  visit("for_ns", value.lasting);
}

void visit_fields(auto&& visit, MaybeConst<FateExpectation> auto& value) {
  visit("session", value.session);
  visit("one_of", value.one_of);
}

void visit_fields(auto&& visit, MaybeConst<Place> auto& value) {
  visit("file", value.file);
  visit("line", value.line);
  visit("column", value.column);
}

void visit_fields(auto&& visit, MaybeConst<ExpectationPlan> auto& value) {
  visit("where", value.where);
  visit("text", value.text);
  visit("what", value.what);
}

void visit_fields(auto&& visit, MaybeConst<Plan> auto& value) {
  visit("scenario", value.scenario);
  visit("description", value.description);
  visit("file", value.file);
  visit("seed", value.seed);
  visit("trials", value.trials);
  visit("trial", value.trial);
  visit("engine", value.engine);
  visit("optional", value.optional);
  visit("steered", value.steered);
  visit("capture", value.capture);
  visit("sustained_for_ns", value.sustained_for);
  visit("topology", value.topology);
  visit("router", value.router);
  visit("traffic", value.traffic);
  visit("timeline", value.timeline);
  visit("expectations", value.expectations);
}

}  // namespace wandrill
