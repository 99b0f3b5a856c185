// SPDX-License-Identifier: Apache-2.0
#include "reports/summary_tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plan/kinds/bulk_metrics.hpp"
#include "plan/kinds/policy_metrics.hpp"
#include "plan/kinds/sip_metrics.hpp"
#include "plan/kinds/tunnel_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/metric_catalogue.hpp"
#include "plan/metrics/voice_metrics.hpp"
#include "reports/matrix_table.hpp"
#include "reports/number_text.hpp"

namespace wandrill {
namespace {

/// How long before a run it was calibrated.
std::string age_text(const Json& seconds) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  if (!seconds.is_number_integer()) return "nobody knows when";
  const auto age = seconds.get<std::int64_t>();
  if (age < 0) return "after this run";
  if (age < kHour) return fmt::format("{} min before", age / kMinute);
  if (age < 2 * kDay) return fmt::format("{} h before", age / kHour);
  return fmt::format("{} days before", age / kDay);
}

std::string text(const Json& j, const char* key) {
  const auto& value = j.at(key);
  return value.is_string() ? value.get<std::string>() : value.is_null() ? "–" : value.dump();
}

SummaryTable expectations_table(const Json& document) {
  SummaryTable table{"Expectations", {"outcome", "expectation", "measured", "bound", "why"}, {}};
  for (const auto& judged : document.at("expectations"))
    table.rows.push_back({text(judged, "outcome"), text(judged, "text"), judged_text(judged),
                          text(judged, "bound"), text(judged, "reason")});
  return table;
}

/// Where the packets are that show what went wrong.
SummaryTable evidence_table(const Json& document) {
  SummaryTable table{"Evidence: the packets around what failed, for Wireshark",
                     {"expectation", "from", "until", "file in the run folder", "note"},
                     {}};
  for (const auto& judged : document.at("expectations"))
    if (judged.at("evidence") != "" || judged.at("evidence_note") != "")
      table.rows.push_back({text(judged, "text"), seconds_text(judged.at("broken_from_s")),
                            seconds_text(judged.at("broken_until_s")),
                            judged.at("evidence") == "" ? "–" : text(judged, "evidence"),
                            text(judged, "evidence_note")});
  return table;
}

SummaryTable transitions_table(const Json& document) {
  SummaryTable table{
      "Transitions (when the fault was observed, and how long after it)",
      {"transition", "fault", "WAN", "observed", "detected", "first packet", "converged"},
      {}};
  for (const auto& transition : document.at("transitions")) {
    const bool missed = transition.at("missed").get<bool>();
    table.rows.push_back(
        {fmt::format("{} {}", text(transition, "kind"), text(transition, "number")),
         transition.at("label") == "" ? "none" : text(transition, "label"),
         missed ? "missed"
                : fmt::format("{} → {}", text(transition, "from_wan"), text(transition, "to_wan")),
         seconds_text(transition.at("observed_s")), measured_text(transition.at("detection_time")),
         measured_text(transition.at("first_route_convergence_time")),
         measured_text(transition.at("full_convergence_time"))});
  }
  return table;
}

bool is_forbidden(const Json& session) {
  return session.at("kind") == "forbidden";
}

/// Of no single one of these is there a story to tell.
bool is_attempt(const Json& session) {
  return is_forbidden(session) || session.at("kind") == "matrix";
}

/// The flow is one of a session's: "call.up" of "call".
bool belongs_to(std::string_view flow, const Json& session) {
  const auto& name = session.at("name").get_ref<const std::string&>();
  return flow.starts_with(name) &&
         (flow.substr(name.size()) == ".up" || flow.substr(name.size()) == ".down");
}

/// As people say it: stalled sessions survived.
std::string fate_text(const Json& session) {
  const auto word = text(session, "fate");
  if (word == "stalled") return "survived with a gap";
  return word == "never_recovered" ? "never recovered" : word;
}

SummaryTable sessions_table(const Json& document) {
  SummaryTable table{
      "Sessions", {"session", "kind", "from", "to", "fate", "at", "until", "detail"}, {}};
  for (const auto& session : document.at("sessions"))
    if (!is_attempt(session))
      table.rows.push_back(
          {text(session, "name"), text(session, "kind"), text(session, "from"), text(session, "to"),
           fate_text(session), seconds_text(session.at("fate_at_s")),
           seconds_text(session.at("fate_until_s")), text(session, "fate_detail")});
  return table;
}

std::string path_text(const Json& path) {
  std::string result;
  for (const auto& part : path) {
    if (!result.empty()) result += " → ";
    result += text(part, "wan");
  }
  return result.empty() ? "–" : result;
}

SummaryTable flows_table(const Json& document) {
  SummaryTable table{"Flows", {"flow", "sent", "lost", "longest gap", "path"}, {}};
  const auto& measurements = document.at("measurements");
  for (const auto& [name, flow] : document.at("flows").items()) {
    const auto& sessions = document.at("sessions");
    const bool is_hidden = std::ranges::any_of(sessions, [&](const Json& session) {
      return is_attempt(session) && belongs_to(name, session);
    });
    if (is_hidden) continue;
    const auto gap = measurements.find(metric_key(name, metrics::flow::kLongestGap));
    const bool is_counted = flow.at("sent") != 0;
    table.rows.push_back({name, is_counted ? text(flow, "sent") : "–",
                          is_counted ? text(flow, "lost") : "–",
                          is_counted && gap != measurements.end() ? measured_text(*gap) : "–",
                          path_text(flow.at("path"))});
  }
  return table;
}

/// What listeners got: the whole call beside its worst seconds, which it hides.
SummaryTable calls_table(const Json& document) {
  SummaryTable table{"Calls, as their listeners would rate them (MOS, 1 to 4.5)",
                     {"flow", "whole call", "worst 8 s", "when", "longest interruption"},
                     {}};
  const auto& measurements = document.at("measurements");
  for (const auto& [name, flow] : document.at("flows").items()) {
    const auto worst = measurements.find(metric_key(name, metrics::voice::kMosWorstWindow));
    const auto whole = measurements.find(metric_key(name, metrics::voice::kMos));
    const auto interruption =
        measurements.find(metric_key(name, metrics::voice::kLongestInterruption));
    if (worst == measurements.end() || whole == measurements.end() ||
        interruption == measurements.end())
      continue;
    const auto word = text(*interruption, "note");
    table.rows.push_back({name, measured_text(*whole), measured_text(*worst), text(*worst, "note"),
                          measured_text(*interruption) + (word.empty() ? "" : ": " + word)});
  }
  return table;
}

/// How the tunnels followed the router, and what became of what is within them.
SummaryTable tunnels_table(const Json& document) {
  SummaryTable table{
      "Tunnels", {"tunnel", "found again after", "left behind for", "handshakes", "in clear"}, {}};
  const auto& measurements = document.at("measurements");
  for (const auto& session : document.at("sessions")) {
    const auto name = text(session, "name");
    if (!measurements.contains(metric_key(name, metrics::tunnel::kRoamTime))) continue;
    const auto number = [&](const MetricInfo& metric) {
      return measured_text(measurements.at(metric_key(name, metric)));
    };
    table.rows.push_back({name, number(metrics::tunnel::kRoamTime),
                          number(metrics::tunnel::kStuckOnBackup),
                          number(metrics::tunnel::kHandshakes), number(metrics::tunnel::kInClear)});
  }
  return table;
}

/// What became of the phones' signalling.
SummaryTable phones_table(const Json& document) {
  SummaryTable table{
      "Phones",
      {"phone", "calls", "answered", "dropped", "longest registration", "longest unreachable"},
      {}};
  const auto& measurements = document.at("measurements");
  for (const auto& session : document.at("sessions")) {
    const auto name = text(session, "name");
    if (!measurements.contains(metric_key(name, metrics::sip::kRegistrationDelay))) continue;
    const auto number = [&](const MetricInfo& metric) {
      return measured_text(measurements.at(metric_key(name, metric)));
    };
    table.rows.push_back({name, number(metrics::sip::kCalls), number(metrics::sip::kCallsAnswered),
                          number(metrics::sip::kCallsDropped),
                          number(metrics::sip::kRegistrationDelay),
                          number(metrics::sip::kLongestUnreachable)});
  }
  return table;
}

/// When names were not found: the stretches of a series of queries without an answer.
SummaryTable lookups_table(const Json& document) {
  constexpr std::size_t kMostRows = 20;
  SummaryTable table{"Names that were not found",
                     {"session", "first query", "last query", "queries", "found again after"},
                     {}};
  std::size_t more = 0;
  for (const auto& session : document.at("sessions")) {
    if (session.at("kind") != "dns") continue;
    const auto name = text(session, "name");
    for (const auto& period : document.at("flows").at(name + ".down").at("loss_periods")) {
      if (table.rows.size() >= kMostRows) {
        ++more;
        continue;
      }
      table.rows.push_back(
          {name, seconds_text(period.at("first_missing_s")),
           seconds_text(period.at("last_missing_s")), text(period, "lost"),
           period.at("open") == true ? "never" : seconds_text(period.at("gap_s"))});
    }
  }
  if (more > 0) table.rows.push_back({fmt::format("and {} more times", more), "–", "–", "–", "–"});
  return table;
}

/// How much transfers got through.
SummaryTable transfers_table(const Json& document) {
  SummaryTable table{"Transfers", {"flow", "mean rate", "on the backup", "longest silence"}, {}};
  const auto& measurements = document.at("measurements");
  for (const auto& [name, flow] : document.at("flows").items()) {
    const auto rate = measurements.find(metric_key(name, metrics::bulk::kRate));
    if (rate == measurements.end()) continue;
    const auto backup = measurements.find(metric_key(name, metrics::bulk::kRate) + "@backup");
    table.rows.push_back(
        {name, measured_text(*rate), backup == measurements.end() ? "–" : measured_text(*backup),
         measured_text(measurements.at(metric_key(name, metrics::bulk::kLongestSilence)))});
  }
  return table;
}

/// What policy must stop, group by group.
SummaryTable policy_table(const Json& document) {
  SummaryTable table{"What must not pass", {"session", "fewest attempts", "arrived", "where"}, {}};
  const auto& measurements = document.at("measurements");
  std::string last;
  for (const auto& session : document.at("sessions")) {
    const auto group = session.at("group").get<std::string>();
    if (!is_forbidden(session) || group == last) continue;
    last = group;
    const auto arrived = measurements.find(metric_key(group, metrics::forbidden::kArrived));
    const auto attempts = measurements.find(metric_key(group, metrics::policy::kAttempts));
    if (arrived == measurements.end() || attempts == measurements.end()) continue;
    const bool is_leak = arrived->at("value").is_number() && arrived->at("value") > 0;
    table.rows.push_back({group, measured_text(*attempts), measured_text(*arrived),
                          is_leak ? text(*arrived, "note") : "–"});
  }
  return table;
}

SummaryTable trials_table(const Json& document) {
  SummaryTable table{"Trials", {"trial", "outcome", "seed", "what happened", "folder"}, {}};
  for (const auto& trial : document.at("trials"))
    table.rows.push_back({text(trial, "trial"), text(trial, "outcome"), text(trial, "seed"),
                          text(trial, "sentence"), text(trial, "folder")});
  return table;
}

/// Only of the metrics that something is expected of: the document has them all.
SummaryTable ranges_table(const Json& document) {
  SummaryTable table{"Over all trials", {"metric", "min", "median", "max", "trials"}, {}};
  for (const auto& range : document.at("trial_ranges")) {
    const auto& expectations = document.at("expectations");
    const bool is_expected = std::any_of(
        expectations.begin(), expectations.end(),
        [&](const Json& expectation) { return expectation.at("metric") == range.at("metric"); });
    if (!is_expected) continue;
    const auto unit = range.at("unit").get<std::string>();
    const auto number = [&](const char* key) { return number_text(range.at(key), unit, 0.0); };
    table.rows.push_back({text(range, "metric"), number("min"), number("median"), number("max"),
                          text(range, "count")});
  }
  return table;
}

}  // namespace

std::vector<SummaryTable> summary_tables(const Json& document) {
  std::vector<SummaryTable> tables{
      expectations_table(document), transitions_table(document), sessions_table(document),
      calls_table(document),        phones_table(document),      tunnels_table(document),
      transfers_table(document),    lookups_table(document),     policy_table(document),
      matrix_table(document),       flows_table(document),       evidence_table(document),
      trials_table(document),       ranges_table(document)};
  std::erase_if(tables, [](const auto& table) { return table.rows.empty(); });
  return tables;
}

std::vector<FindingBucket> finding_buckets(const Json& document) {
  std::vector<FindingBucket> buckets;
  for (const auto& finding : document.at("findings")) {
    const auto title = text(finding, "bucket");
    auto bucket = std::find_if(buckets.begin(), buckets.end(),
                               [&](const auto& known) { return known.title == title; });
    if (bucket == buckets.end()) bucket = buckets.insert(bucket, FindingBucket{title, {}});
    bucket->findings.push_back(finding);
  }
  return buckets;
}

std::string tester_text(const Json& document) {
  const auto& tester = document.at("tester");
  return fmt::format(
      "Sends were late by {} (median), {} (p99) and {} at most; stalls: {}, the longest {}; "
      "packets "
      "lost in our own queues: {}; sends refused: {}; realtime scheduling: {}{}.",
      seconds_text(tester.at("late_send_p50_s")), seconds_text(tester.at("late_send_p99_s")),
      seconds_text(tester.at("late_send_max_s")), text(tester, "stalls"),
      seconds_text(tester.at("longest_stall_s")), text(tester, "receive_overflows"),
      text(tester, "refused_sends"), tester.at("realtime_scheduling").get<bool>() ? "yes" : "no",
      tester.at("clock_stepped").get<bool>() ? "; the wall clock stepped" : "");
}

std::string calibration_text(const Json& document) {
  const auto& tester = document.at("tester");
  if (!tester.contains("calibration") || tester.at("calibration").is_null())
    return "This tester is not calibrated: 'wandrill calibrate' tells how exact it is.";
  const auto& calibration = tester.at("calibration");
  const auto& idle = calibration.at("idle");
  return fmt::format(
      "Calibrated {}, {}: outages of a probe to ± {:.3g} ms and of a call to ± {:.3g} ms (p95), "
      "delays to "
      "± {:.3g} ms (p99), losses {} chance.",
      calibration.at("taken").get<std::string>(), age_text(calibration.at("age_s")),
      idle.at("outage_error_probe_p95_ms").get<double>(),
      idle.at("outage_error_call_p95_ms").get<double>(),
      idle.at("delay_error_p99_ms").get<double>(),
      idle.at("losses_hold").get<bool>() ? "within" : "beyond");
}

std::string setting_text(const Json& document) {
  return fmt::format("router {}, engine {}, seed {}, kernel {}, wandrill {}",
                     text(document, "router"), text(document, "engine"), text(document, "seed"),
                     text(document, "kernel"), text(document, "wandrill"));
}

}  // namespace wandrill
