// SPDX-License-Identifier: Apache-2.0
#include "reports/testing/sample_documents.hpp"

#include "reports/result.hpp"

namespace wandrill::testing {
namespace {

using std::chrono::milliseconds;
constexpr auto kSeconds = MetricUnit::kSeconds;

RunInstant at(double seconds) {
  return RunInstant{Nanos{static_cast<std::int64_t>(seconds * 1e9)}};
}

/// What a report is made of, owned; the samples differ in a few of its values.
struct Sample {
  Plan plan;
  Measurements measurements;
  Verdict verdict;
  RunSummary run;
  std::vector<TrialResult> trials;

  [[nodiscard]] Json document() const {
    return result_document({plan, measurements, verdict, run, trials});
  }
};

Plan sample_plan() {
  Plan plan;
  plan.scenario = "live-call-disconnect";
  plan.description = "A call while the primary WAN is cut.";
  plan.file = "scenarios/live-call-disconnect.yaml";
  plan.seed = 7;
  plan.router.name = "reference";
  plan.topology.name = "home_office";
  plan.traffic.sessions = {
      {.name = "call",
       .group = "call",
       .kind = TrafficKind::kRtp,
       .client = {.node = "desk_phone"},
       .server = {.node = "internet"},
       .interval = milliseconds{20},
       .late_after = milliseconds{60}},
      {.name = "desktop",
       .group = "desktop",
       .kind = TrafficKind::kTcp,
       .client = {.node = "laptop"},
       .server = {.node = "internet"},
       .interval = milliseconds{100},
       .late_after = milliseconds{2000}},
  };
  return plan;
}

std::vector<Transition> sample_transitions() {
  Transition failover;
  failover.number = 1;
  failover.cause = "cut";
  failover.label = "cut";
  failover.what = "carrier on wan_a";
  failover.from_wan = "wan_a";
  failover.to_wan = "wan_b";
  failover.requested = at(1.0);
  failover.applied = at(1.0008);
  failover.observed = at(1.002);
  failover.declared = at(1.5);
  failover.first_route_event = at(1.51);
  failover.first_packet = at(1.522);
  failover.converged = at(1.54);
  Transition failback = failover;
  failback.kind = Transition::Kind::kFailback;
  failback.cause = failback.label = "mended";
  failback.what = "restore carrier on wan_a";
  std::swap(failback.from_wan, failback.to_wan);
  failback.requested = failback.applied = failback.observed = at(6.0);
  failback.declared = std::nullopt;
  failback.first_packet = failback.converged = at(9.0);
  return {failover, failback};
}

std::map<std::string, Measured> sample_metrics() {
  return {
      {"call.up.longest_gap", {0.54, kSeconds, 0.02}},
      {"call.up.loss", {2.25, MetricUnit::kPercent, 0.09}},
      {"failover.1.detection_time", {0.498, kSeconds, 0.005}},
      {"failover.1.first_route_convergence_time", {0.52, kSeconds, 0.005}},
      {"failover.1.full_convergence_time", {0.538, kSeconds, 0.02}},
      {"failback.1.first_route_convergence_time", {3.0, kSeconds, 0.005, 0.001}},
      {"failover.count", {1, MetricUnit::kCount}},
      {"desktop.recovery_time", {std::nullopt, kSeconds, 0.1, 0.0, "it did not recover"}},
  };
}

Measurements sample_measurements() {
  Measurements measurements;
  measurements.metrics = sample_metrics();
  measurements.transitions = sample_transitions();
  measurements.flows = {
      {"call.up",
       1200,
       1173,
       27,
       {{at(1.0), at(1.52), milliseconds{540}, 27, false, milliseconds{3}}},
       {{at(0.0), "wan_a"}, {at(1.522), "wan_b"}, {at(9.0), "wan_a"}}},
      {"call.down", 1200, 1200, 0, {}, {}},
  };
  measurements.fates = {{"desktop", "reset", at(1.9), at(2.6), "by the server"}};
  measurements.instants = {{"cut", "cut", at(1.002)}, {"mended", "mended", at(6.0)}};
  measurements.tester = {.late_send_p50 = std::chrono::microseconds{90},
                         .late_send_p99 = std::chrono::microseconds{310},
                         .late_send_max = milliseconds{3},
                         .stalls = 1,
                         .longest_stall = milliseconds{35},
                         .total_stall = milliseconds{35},
                         .realtime_scheduling = true};
  measurements.end = at(24.0);
  return measurements;
}

JudgedExpectation gap_expectation() {
  return {.text = "call.up.longest_gap at most 2s",
          .metric = "call.up.longest_gap",
          .measured = 0.54,
          .bound = "<= 2 s",
          .accuracy = 0.02,
          .tester_share = 0.003,
          .unit = MetricUnit::kSeconds,
          .outcome = Outcome::kPass,
          .reason = "0.54 s is within 2 s.",
          .place = "scenarios/live-call-disconnect.yaml:36:5"};
}

Sample passing() {
  Sample sample{sample_plan(), sample_measurements(), {}, {}, {}};
  sample.verdict.outcome = Outcome::kPass;
  sample.verdict.sentence = "The caller heard a gap of 0.54 s; the call went on.";
  sample.verdict.expectations = {gap_expectation(),
                                 {.text = "no missed failover",
                                  .metric = "router.missed_failovers",
                                  .measured = 0,
                                  .bound = "= 0",
                                  .unit = MetricUnit::kCount,
                                  .outcome = Outcome::kPass}};
  sample.run = {.wandrill_version = "0.1.0",
                .kernel = "6.1.0",
                .started = "2026-01-02T03:04:05Z",
                .engine = "wire",
                .engine_reason = "this kernel has no netem",
                .folder = "runs/2026-01-02T03-04-05Z-live-call-disconnect"};
  return sample;
}

/// What reports quote of a calibration.
Json calibration() {
  const auto accuracy = [](double factor) -> Json {
    return {{"outage_error_probe_p95_ms", 0.9 * factor},
            {"outage_error_call_p95_ms", 18.0},
            {"delay_error_p99_ms", 0.2 * factor},
            {"losses_hold", true}};
  };
  return {{"taken", "2026-01-01T23:00:00Z"},
          {"idle", accuracy(1)},
          {"busy", accuracy(4)},
          {"age_s", 14645}};
}

Sample failing() {
  auto sample = passing();
  sample.run.calibration = calibration();
  sample.verdict.outcome = Outcome::kFail;
  sample.verdict.sentence = "The caller heard nothing for 3.2 s.";
  auto& judged = sample.verdict.expectations[0];
  judged.outcome = Outcome::kFail;
  judged.measured = 3.2;
  judged.reason = "3.2 s is more than 2 s, beyond the accuracy of 20 ms.";
  judged.broken = TimeSpan{at(1.0), at(4.2)};
  judged.evidence = "evidence/1-call.up.longest_gap.pcapng";
  judged.evidence_note = "packets from 0.0 s to 0.9 s were no longer kept";
  sample.verdict.findings = {
      {Finding::Bucket::kDeferred, "IPv6 has no backup", "ruler6 went dark", "Ask the ISP."},
      {Finding::Bucket::kImmediateFix, "Old flows stay on the dead WAN",
       "call.up left by wan_a for 3.2 s", "Flush conntrack when the WAN changes."},
      {Finding::Bucket::kPlannedEngineering, "Detection is slow", "0.5 s of 0.54 s",
       "Probe more often."}};
  return sample;
}

Sample unable() {
  auto sample = passing();
  sample.measurements = {};
  sample.verdict = {
      Outcome::kError, "Nothing was tested.", "create namespace: Operation not permitted", {}, {}};
  return sample;
}

Sample without_effect() {
  auto sample = passing();
  sample.measurements.unproven_faults = {"cut"};
  sample.verdict.outcome = Outcome::kError;
  sample.verdict.reason = "The fault cut had no effect: 3 of 3 probe frames arrived.";
  return sample;
}

Sample noisy() {
  auto sample = passing();
  sample.verdict.outcome = Outcome::kInconclusive;
  auto& judged = sample.verdict.expectations[0];
  judged.outcome = Outcome::kInconclusive;
  judged.measured = 2.01;
  judged.tester_share = 0.035;
  judged.reason = "2.01 s cannot be told from 2 s: the tester stalled for 35 ms in it.";
  return sample;
}

Sample skipped() {
  auto sample = unable();
  sample.verdict.outcome = Outcome::kSkipped;
  sample.verdict.reason = "This machine has no netem, and the scenario is optional.";
  return sample;
}

Sample interrupted() {
  auto sample = passing();
  sample.verdict.outcome = Outcome::kInterrupted;
  sample.verdict.reason = "Ctrl-C after 4 s.";
  sample.verdict.expectations[1].outcome = Outcome::kSkipped;
  sample.verdict.expectations[1].reason = "The run did not get that far.";
  return sample;
}

Sample never() {
  auto sample = failing();
  auto& failover = sample.measurements.transitions[0];
  failover.missed = true;
  failover.to_wan.clear();
  failover.declared = failover.first_packet = failover.converged = std::nullopt;
  for (const char* name :
       {"detection_time", "first_route_convergence_time", "full_convergence_time"})
    sample.measurements.metrics[std::string{"failover.1."} + name].value = std::nullopt;
  auto& gap = sample.measurements.flows[0].loss_periods[0];
  gap.open = true;
  sample.verdict.expectations[0].measured = std::nullopt;
  sample.verdict.expectations[0].reason = "No packet came after 1.52 s.";
  return sample;
}

Sample repeated() {
  auto sample = failing();
  sample.trials = {
      {1, 7, Outcome::kPass, "The call went on.", "runs/x/trial-1"},
      {2, 18446744073709551615U, Outcome::kFail, "Silence for 3.2 s.", "runs/x/trial-2"}};
  return sample;
}

/// Cameras that reach the web by the primary only.
Sample different() {
  auto sample = passing();
  const auto web = *IpAddress::parse("203.0.113.10");
  sample.plan.topology.servers = {{.name = "web", .node = "internet", .addresses = {web}}};
  for (const bool over_tcp : {false, true})
    sample.plan.traffic.sessions.push_back(
        {.name = over_tcp ? "policy.tcp" : "policy.udp",
         .group = "policy",
         .kind = TrafficKind::kMatrix,
         .client = {.node = "camera"},
         .server = {.node = "internet", .address = web, .port = 443},
         .own = PolicyProbePlan{.over_tcp = over_tcp, .port = 443}});
  const MatrixInterval first{
      .wan = "wan_a", .span = {at(0.0), at(1.0)}, .attempts = 5, .left = 5, .arrived = 5};
  const MatrixInterval second{.wan = "wan_b", .span = {at(1.522), at(9.0)}, .attempts = 32};
  sample.measurements.matrix = {{"policy.udp", {first, first}}, {"policy.tcp", {first, second}}};
  sample.verdict.outcome = Outcome::kFail;
  sample.verdict.expectations.push_back({.text = "the same of policy passes on every WAN",
                                         .metric = "policy.differences",
                                         .measured = 1,
                                         .bound = "<= 0",
                                         .unit = MetricUnit::kCount,
                                         .outcome = Outcome::kFail,
                                         .reason = "1 breaks <= 0 (policy.tcp on wan_b).",
                                         .broken = second.span});
  return sample;
}

}  // namespace

std::vector<std::pair<std::string, Json>> sample_documents() {
  return {{"pass", passing().document()},
          {"fail", failing().document()},
          {"error", unable().document()},
          {"no_effect", without_effect().document()},
          {"inconclusive", noisy().document()},
          {"skipped", skipped().document()},
          {"interrupted", interrupted().document()},
          {"never", never().document()},
          {"different", different().document()},
          {"trials", repeated().document()}};
}

Json awkward_document() {
  const std::string text = "a <b> & \"c\" | `d` *e* [f] \x1b 'g' – h\ni";
  auto sample = failing();
  sample.plan.scenario = sample.plan.router.name = sample.run.folder = text;
  sample.verdict.sentence = sample.verdict.reason = text;
  for (auto& judged : sample.verdict.expectations)
    judged.text = judged.bound = judged.reason = judged.place = text;
  for (auto& finding : sample.verdict.findings)
    finding.title = finding.evidence = finding.advice = text;
  for (auto& transition : sample.measurements.transitions)
    transition.label = text;
  for (auto& session : sample.plan.traffic.sessions)
    session.name = text;
  return sample.document();
}

}  // namespace wandrill::testing
