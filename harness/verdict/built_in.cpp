// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plan/kinds/policy_metrics.hpp"
#include "plan/kinds/tunnel_metrics.hpp"
#include "plan/metrics/metric_catalogue.hpp"
#include "plan/metrics/router_metrics.hpp"
#include "verdict/bound.hpp"
#include "verdict/expectations.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

constexpr const char* kNoAbort = "no abort condition comes true";

bool has_duty(const Plan& plan, FailoverDuty duty) {
  return std::ranges::any_of(plan.timeline.steps, [&](const StepPlan& step) {
    const auto* fault = std::get_if<FaultAction>(&step.action);
    return fault != nullptr && fault->duty == duty;
  });
}

/// "nothing of guest leaves by wan_b"; empty if every WAN is for everybody.
std::string barred_text(const Plan& plan) {
  std::vector<std::string> parts;
  for (const auto& wan : plan.topology.wans)
    if (!wan.not_for.empty())
      parts.push_back(fmt::format("{} leaves by {}", fmt::join(wan.not_for, " and "), wan.name));
  return parts.empty() ? "" : fmt::format("nothing of {}", fmt::join(parts, ", nothing of "));
}

std::set<std::string> groups_of(const Plan& plan, TrafficKind kind) {
  std::set<std::string> groups;
  for (const auto& session : plan.traffic.sessions)
    if (session.kind == kind) groups.insert(session.group);
  return groups;
}

std::string missed_reason(const Plan& plan, const Measurements& measurements) {
  for (const auto& transition : measurements.transitions)
    if (transition.missed)
      return fmt::format("{}, and the router kept sending by it.", fault_story(plan, transition));
  return "";
}

/// Some failover answers what the drill did, or should have.
bool was_tried(const Measurements& measurements) {
  return std::ranges::any_of(measurements.transitions, [](const Transition& transition) {
    return transition.kind == Transition::Kind::kFailover && !transition.cause.empty();
  });
}

JudgedExpectation judge_count(const std::string& text, const std::string& metric,
                              const Measurements& measurements) {
  const auto* known = measurements.metric(metric);
  const auto measured = known ? *known : Measured{.note = "this run has no such number"};
  const MetricExpectation expected{.metric = metric, .at_most = 0};
  auto [outcome, reason] =
      judge_value(measured, expected, {.tester_overloaded = measurements.tester_overloaded});
  return {.text = text,
          .metric = metric,
          .measured = measured.value,
          .bound = bound_text(expected, measured.unit),
          .tester_share = measured.tester_share,
          .unit = measured.unit,
          .outcome = outcome,
          .reason = reason,
          .broken = measured.when};
}

/// All of them together: the first that did not do what it was told.
JudgedExpectation judge_commands(const Measurements& measurements) {
  JudgedExpectation judged{.text = "the router's commands end in time and without error",
                           .metric = "command",
                           .bound = "all do"};
  std::size_t count = 0;
  std::size_t failed = 0;
  for (const auto& gate : measurements.gates) {
    if (!gate.is_command) continue;
    ++count;
    if (gate.met || failed++ > 0) continue;
    judged.outcome = gate.tester_overloaded ? Outcome::kInconclusive : Outcome::kFail;
    judged.reason = capitalised(gate.detail) + "; router.log has what it wrote.";
    judged.broken = TimeSpan{gate.at, gate.at};
  }
  judged.found = fmt::format("{} of {} did", count - failed, count);
  if (failed == 0) judged.reason = "None took too long.";
  if (failed > 1) judged.reason += fmt::format(" It was the first of {}.", failed);
  return judged;
}

JudgedExpectation judge_gate(const GateResult& gate) {
  const bool steady = gate.name == "steady_after";
  JudgedExpectation judged{
      .text = steady ? "traffic is steady after the last restore" : gate.name + " comes true",
      .metric = steady ? "steady_after" : "wait_until",
      .found = gate.met ? "met" : "not met",
      .bound = "met",
      .reason = capitalised(gate.detail) + ".",
      .broken = TimeSpan{gate.at, gate.at}};
  if (!gate.met) judged.outcome = gate.tester_overloaded ? Outcome::kInconclusive : Outcome::kFail;
  if (!gate.met && gate.tester_overloaded)
    judged.reason += " But the tester itself stalled too often to tell.";
  return judged;
}

/// Many conditions that all came true are one line.
JudgedExpectation all_came_true(std::ptrdiff_t count) {
  return {.text = "every wait_until of the timeline comes true",
          .metric = "wait_until",
          .found = "met",
          .bound = "met",
          .reason = fmt::format("{} of {} did.", count, count)};
}

void add_gates(const Plan& plan, const Measurements& measurements,
               std::vector<JudgedExpectation>& all) {
  constexpr std::ptrdiff_t kMostListed = 4;
  const auto is_met_wait = [](const GateResult& gate) {
    return gate.met && !gate.name.starts_with("steady_") && !gate.is_command;
  };
  const auto met = std::ranges::count_if(measurements.gates, is_met_wait);
  if (met > kMostListed) all.push_back(all_came_true(met));
  for (const auto& gate : measurements.gates)
    if (gate.name != "steady_before" && gate.stop == Stop::kNone && !gate.is_command &&
        !(met > kMostListed && is_met_wait(gate)))
      all.push_back(judge_gate(gate));
  if (std::ranges::any_of(measurements.gates, &GateResult::is_command))
    all.push_back(judge_commands(measurements));
  const bool stopped =
      std::ranges::any_of(measurements.gates, [](const auto& g) { return g.stop != Stop::kNone; });
  if (!plan.timeline.aborts.empty() && !stopped)
    all.push_back({.text = kNoAbort,
                   .metric = "abort",
                   .found = "none did",
                   .bound = "none does",
                   .reason = fmt::format("{} watched.", plan.timeline.aborts.size())});
}

}  // namespace

JudgedExpectation judge_stop(const GateResult& gate) {
  if (gate.stop == Stop::kRouterDied)
    return {.text = "the router's programs outlive the faults",
            .metric = "router_died",
            .found = "one died",
            .bound = "none dies",
            .outcome = Outcome::kFail,
            .reason = capitalised(gate.detail) + "; router.log has its last lines.",
            .broken = TimeSpan{gate.at, gate.at}};
  JudgedExpectation judged{
      .text = kNoAbort,
      .metric = "abort",
      .found = "one did",
      .bound = "none does",
      .outcome = gate.tester_overloaded ? Outcome::kInconclusive : Outcome::kFail,
      .reason = capitalised(gate.detail) + ".",
      .broken = TimeSpan{gate.at, gate.at}};
  if (gate.tester_overloaded) judged.reason += " But the tester itself stalled too often to tell.";
  return judged;
}

std::vector<JudgedExpectation> judge_built_in(const Plan& plan, const Measurements& measurements) {
  std::vector<JudgedExpectation> all;
  if (has_duty(plan, FailoverDuty::kRequired)) {
    auto judged =
        judge_count("the router leaves every WAN that fails",
                    metric_key("router", metrics::router::kMissedFailovers), measurements);
    if (judged.outcome == Outcome::kFail)
      if (auto reason = missed_reason(plan, measurements); !reason.empty())
        judged.reason = std::move(reason);
    if (judged.outcome == Outcome::kPass && !was_tried(measurements)) {
      judged.outcome = Outcome::kInconclusive;
      judged.reason =
          "No traffic left by a WAN when it was taken away: nothing of the router was tried.";
    }
    all.push_back(std::move(judged));
  }
  if (has_duty(plan, FailoverDuty::kForbidden))
    all.push_back(judge_count("the router stays on a WAN that is good enough",
                              metric_key("router", metrics::router::kFalseFailovers),
                              measurements));
  for (const auto& group : groups_of(plan, TrafficKind::kForbidden))
    all.push_back(judge_count(fmt::format("nothing of {} arrives", group),
                              metric_key(group, metrics::forbidden::kArrived), measurements));
  for (const auto& group : groups_of(plan, TrafficKind::kMatrix))
    all.push_back(judge_count(fmt::format("the same of {} passes on every WAN", group),
                              metric_key(group, metrics::matrix::kDifferences), measurements));
  for (const auto& session : plan.traffic.sessions)
    if (session.of<TunnelPlan>())
      all.push_back(judge_count(fmt::format("nothing within {} goes in clear", session.name),
                                metric_key(session.name, metrics::tunnel::kInClear), measurements));
  if (const auto barred = barred_text(plan); !barred.empty())
    all.push_back(
        judge_count(barred, metric_key("router", metrics::router::kBarredPackets), measurements));
  add_gates(plan, measurements, all);
  return all;
}

}  // namespace wandrill
