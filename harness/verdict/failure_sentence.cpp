// SPDX-License-Identifier: Apache-2.0
#include "verdict/failure_sentence.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "plan/kinds/policy_metrics.hpp"
#include "plan/kinds/tunnel_metrics.hpp"
#include "plan/metrics/metric_catalogue.hpp"
#include "plan/metrics/router_metrics.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

std::vector<const JudgedExpectation*> failed_of(const std::vector<JudgedExpectation>& all) {
  std::vector<const JudgedExpectation*> failed;
  for (const auto& judged : all)
    if (judged.outcome == Outcome::kFail) failed.push_back(&judged);
  return failed;
}

/// Of several leaks the first.
std::string leak_sentence(const Plan& plan, const std::vector<Leak>& leaks) {
  const auto& leak = *std::ranges::min_element(leaks, {}, &Leak::first);
  const auto& session = *plan.traffic.session_named(leak.session);
  return fmt::format(
      "What policy forbids reached {} from {}: {} of {} packets of {}, the first "
      "at {:.1f} s{}.",
      session.server.node, session.client.node, leak.arrived, leak.attempts, leak.session,
      in_seconds(leak.first),
      leaks.size() == 1 ? "" : fmt::format(", and {} more leaks", leaks.size() - 1));
}

std::string barred_sentence(const BarredTraffic& barred) {
  return fmt::format("{} packets of {} left by {}, which is not for it.", barred.packets,
                     barred.host, barred.wan);
}

bool has_failed(const std::vector<const JudgedExpectation*>& failed, std::string_view ending) {
  return std::ranges::any_of(
      failed, [&](const JudgedExpectation* one) { return one->metric.ends_with(ending); });
}

std::string clear_sentence(const JudgedExpectation& judged) {
  const auto tunnel = judged.metric.substr(0, judged.metric.find('.'));
  return fmt::format("{:g} packets of what belongs within {} went in clear.",
                     judged.measured.value_or(0.0), tunnel);
}

/// Whether the sentence of the lead tells of it: its own flows, the switch, or the run as a whole.
bool is_told(const Plan& plan, const JudgedExpectation& judged, const std::string& lead) {
  const auto subject = judged.metric.substr(0, judged.metric.find('.'));
  if (subject == "class") return false;
  return std::ranges::none_of(plan.traffic.sessions, [&](const SessionPlan& session) {
    const auto group = session.group.substr(0, session.group.find('.'));
    return session.group != lead && (group == subject || session.name == subject);
  });
}

}  // namespace

std::optional<std::string> sentence_of_failure(const Plan& plan, const Measurements& measurements,
                                               const std::vector<JudgedExpectation>& expectations,
                                               const std::string& lead) {
  const auto failed = failed_of(expectations);
  if (failed.empty()) return std::nullopt;
  if (has_failed(failed, metric_key("", metrics::forbidden::kArrived)) &&
      !measurements.leaks.empty())
    return leak_sentence(plan, measurements.leaks);
  if (has_failed(failed, metric_key("router", metrics::router::kBarredPackets)) &&
      !measurements.barred.empty())
    return barred_sentence(measurements.barred.front());
  const auto clear = std::ranges::find_if(failed, [](const JudgedExpectation* one) {
    return one->metric.ends_with(metric_key("", metrics::tunnel::kInClear));
  });
  if (clear != failed.end()) return clear_sentence(**clear);
  if (std::ranges::any_of(failed,
                          [&](const JudgedExpectation* one) { return is_told(plan, *one, lead); }))
    return std::nullopt;
  const auto& first = *failed.front();
  return fmt::format("It does not hold that {}: {}", first.text, first.reason);
}

}  // namespace wandrill
