// SPDX-License-Identifier: Apache-2.0
#include "reports/result.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wandrill {
namespace {

double seconds(Nanos duration) {
  return std::chrono::duration<double>(duration).count();
}

double seconds(RunInstant instant) {
  return seconds(instant.time_since_epoch());
}

Json seconds(const std::optional<RunInstant>& instant) {
  return instant ? Json(seconds(*instant)) : Json(nullptr);
}

Json measured_json(const Measured& measured) {
  return {{"value", measured.value},       {"unit", to_string(measured.unit)},
          {"accuracy", measured.accuracy}, {"tester_share", measured.tester_share},
          {"note", measured.note},         {"untried", measured.untried}};
}

Json expectation_json(const JudgedExpectation& judged) {
  return {{"text", judged.text},
          {"metric", judged.metric},
          {"measured", judged.measured},
          {"found", judged.found},
          {"unit", to_string(judged.unit)},
          {"accuracy", judged.accuracy},
          {"tester_share", judged.tester_share},
          {"bound", judged.bound},
          {"outcome", to_string(judged.outcome)},
          {"reason", judged.reason},
          {"place", judged.place},
          {"broken_from_s", judged.broken ? Json(seconds(judged.broken->from)) : Json(nullptr)},
          {"broken_until_s", judged.broken ? Json(seconds(judged.broken->until)) : Json(nullptr)},
          {"evidence", judged.evidence},
          {"evidence_note", judged.evidence_note}};
}

/// The transition's own metrics ("failover.2.detection_time"); null for those that were not
/// measured.
Json time_of(const Measurements& measurements, const Transition& transition, const char* name) {
  const bool failover = transition.kind == Transition::Kind::kFailover;
  const auto found = measurements.metrics.find(
      fmt::format("{}.{}.{}", failover ? "failover" : "failback", transition.number, name));
  return found == measurements.metrics.end() ? Json(nullptr) : measured_json(found->second);
}

Json transition_json(const Measurements& measurements, const Transition& transition) {
  Json j{{"kind", transition.kind == Transition::Kind::kFailover ? "failover" : "failback"},
         {"number", transition.number},
         {"cycle", transition.cycle},
         {"cause", transition.cause},
         {"label", transition.label},
         {"what", transition.what},
         {"from_wan", transition.from_wan},
         {"to_wan", transition.to_wan},
         {"missed", transition.missed},
         {"requested_s", seconds(transition.requested)},
         {"applied_s", seconds(transition.applied)},
         {"observed_s", seconds(transition.observed)},
         {"declared_s", seconds(transition.declared)},
         {"first_route_event_s", seconds(transition.first_route_event)},
         {"first_packet_s", seconds(transition.first_packet)},
         {"converged_s", seconds(transition.converged)}};
  for (const char* name :
       {"detection_time", "first_route_convergence_time", "full_convergence_time"})
    j[name] = time_of(measurements, transition, name);
  return j;
}

Json flow_json(const FlowSummary& flow) {
  Json periods = Json::array();
  for (const auto& period : flow.loss_periods)
    periods.push_back({{"first_missing_s", seconds(period.first_missing)},
                       {"last_missing_s", seconds(period.last_missing)},
                       {"gap_s", seconds(period.gap)},
                       {"lost", period.lost},
                       {"open", period.open},
                       {"stalled_s", seconds(period.stalled)}});
  Json path = Json::array();
  for (const auto& [since, wan] : flow.path)
    path.push_back({{"since_s", seconds(since)}, {"wan", wan}});
  return {{"sent", flow.sent},
          {"received", flow.received},
          {"lost", flow.lost},
          {"loss_periods", periods},
          {"path", path}};
}

Json session_json(const SessionPlan& session, const Measurements& measurements) {
  Json j{{"name", session.name},
         {"group", session.group},
         {"kind", to_string(session.kind)},
         {"from", session.client.node},
         {"to", session.server.node},
         {"interval_s", seconds(session.interval)},
         {"late_after_s", seconds(session.late_after)},
         {"fate", nullptr},
         {"fate_at_s", nullptr},
         {"fate_until_s", nullptr},
         {"fate_detail", ""}};
  const auto fate = std::find_if(measurements.fates.begin(), measurements.fates.end(),
                                 [&](const auto& known) { return known.session == session.name; });
  if (fate != measurements.fates.end()) {
    j["fate"] = fate->fate;
    j["fate_at_s"] = seconds(fate->at);
    j["fate_until_s"] = seconds(fate->until);
    j["fate_detail"] = fate->detail;
  }
  return j;
}

/// As the topology calls it: several servers may be at one node.
std::string name_of(const TopologyPlan& topology, const EndpointPlan& end) {
  const auto known = std::ranges::find_if(topology.servers, [&](const ServerPlan& server) {
    return server.node == end.node &&
           std::ranges::find(server.addresses, end.address) != server.addresses.end();
  });
  return known == topology.servers.end() ? end.node : known->name;
}

/// What of a matrix's pair passed on which WAN.
Json cell_json(const Plan& plan, const MatrixCell& cell) {
  const auto& session = *plan.traffic.session_named(cell.session);
  Json stays = Json::array();
  for (const auto& stay : cell.stays)
    stays.push_back({{"wan", stay.wan},
                     {"from_s", seconds(stay.span.from)},
                     {"until_s", seconds(stay.span.until)},
                     {"attempts", stay.attempts},
                     {"left", stay.left},
                     {"arrived", stay.arrived},
                     {"state", to_string(stay.state())}});
  return {
      {"session", session.name},
      {"group", session.group},
      {"from", name_of(plan.topology, session.client)},
      {"to", name_of(plan.topology, session.server)},
      {"address", to_string(session.server.address)},
      {"port", session.server.port},
      {"family", to_string(session.server.address.family())},
      {"transport",
       session.of<PolicyProbePlan>() && session.of<PolicyProbePlan>()->over_tcp ? "tcp" : "udp"},
      {"stays", stays}};
}

Json tester_json(const TesterError& tester, const RunSummary& run) {
  return {{"late_send_p50_s", seconds(tester.late_send_p50)},
          {"late_send_p99_s", seconds(tester.late_send_p99)},
          {"late_send_max_s", seconds(tester.late_send_max)},
          {"stalls", tester.stalls},
          {"longest_stall_s", seconds(tester.longest_stall)},
          {"total_stall_s", seconds(tester.total_stall)},
          {"receive_overflows", tester.receive_overflows},
          {"refused_sends", tester.refused_sends},
          {"clock_stepped", tester.clock_stepped},
          {"realtime_scheduling", tester.realtime_scheduling},
          {"realtime_programs", tester.realtime_programs},
          {"emulated", tester.emulated},
          {"root", run.root},
          {"calibration", run.calibration}};
}

Json trial_json(const TrialResult& trial) {
  return {{"trial", trial.trial},
          {"seed", trial.seed},
          {"outcome", to_string(trial.outcome)},
          {"sentence", trial.sentence},
          {"folder", trial.folder}};
}

Json range_json(const TrialRange& range) {
  return {{"metric", range.metric}, {"unit", to_string(range.unit)},
          {"min", range.min},       {"median", range.median},
          {"max", range.max},       {"count", range.count}};
}

Json head(const ReportInput& input) {
  const auto& plan = input.plan;
  const auto& measurements = input.measurements;
  const auto& verdict = input.verdict;
  const auto& run = input.run;
  return {{"schema", 1},
          {"scenario", plan.scenario},
          {"description", plan.description},
          {"file", plan.file},
          {"outcome", to_string(verdict.outcome)},
          {"sentence", verdict.sentence},
          {"reason", verdict.reason},
          {"router", plan.router.name},
          {"topology", plan.topology.name},
          {"engine", run.engine},
          {"engine_reason", run.engine_reason},
          {"seed", plan.seed},
          {"trial", plan.trial},
          {"started", run.started},
          {"duration_s", seconds(measurements.end)},
          {"wandrill", run.wandrill_version},
          {"kernel", run.kernel},
          {"folder", run.folder}};
}

/// A JSON array of `encode(item)`.
template <typename Items, typename Encode>
Json array_of(const Items& items, Encode encode) {
  Json array = Json::array();
  for (const auto& item : items)
    array.push_back(encode(item));
  return array;
}

}  // namespace

Json result_document(const ReportInput& input) {
  const auto& measured = input.measurements;
  Json j = head(input);
  j["expectations"] = array_of(input.verdict.expectations, expectation_json);
  j["transitions"] = array_of(measured.transitions, [&](const auto& transition) {
    return transition_json(measured, transition);
  });
  j["sessions"] = array_of(input.plan.traffic.sessions,
                           [&](const auto& session) { return session_json(session, measured); });
  j["matrix"] =
      array_of(measured.matrix, [&](const auto& cell) { return cell_json(input.plan, cell); });
  j["flows"] = Json::object();
  for (const auto& flow : measured.flows)
    j["flows"][flow.name] = flow_json(flow);
  // The most urgent bucket first.
  auto findings = input.verdict.findings;
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return a.bucket < b.bucket; });
  j["findings"] = array_of(findings, [](const Finding& finding) -> Json {
    return {{"bucket", to_string(finding.bucket)},
            {"title", finding.title},
            {"evidence", finding.evidence},
            {"advice", finding.advice}};
  });
  j["tester"] = tester_json(measured.tester, input.run);
  j["instants"] = array_of(measured.instants, [](const LabelledInstant& instant) -> Json {
    return {{"label", instant.label}, {"id", instant.id}, {"at_s", seconds(instant.at)}};
  });
  j["unproven_faults"] = measured.unproven_faults;
  j["trials"] = array_of(input.trials, trial_json);
  j["trial_ranges"] = array_of(input.ranges, range_json);
  j["measurements"] = Json::object();
  for (const auto& [name, value] : measured.metrics)
    j["measurements"][name] = measured_json(value);
  return j;
}

}  // namespace wandrill
