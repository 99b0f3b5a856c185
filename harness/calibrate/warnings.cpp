// SPDX-License-Identifier: Apache-2.0
#include "calibrate/warnings.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "plan/metrics/metric_catalogue.hpp"

namespace wandrill {
namespace {

/// How wrong the tester is about a quantity.
struct KnownError {
  std::string_view of;
  double milliseconds = 0;
  std::string_view percentile;
};

bool is_of_call(const Plan& plan, const std::string& metric) {
  return std::ranges::any_of(plan.traffic.sessions, [&](const SessionPlan& session) {
    return session.kind == TrafficKind::kRtp &&
           (metric.starts_with(session.name + ".") || metric.starts_with(session.group + "."));
  });
}

/// "longest_gap" of "call.up.longest_gap@backup".
std::string_view last_name(std::string_view metric) {
  metric = metric.substr(0, metric.find('@'));
  return metric.substr(metric.rfind('.') + 1);
}

/// Delays and their variation, as against outages.
bool is_of_delay(std::string_view name) {
  return std::ranges::any_of(std::array{"delay", "jitter", "pdv", "ipdv"}, [&](const char* word) {
    return name.find(word) != std::string_view::npos;
  });
}

/// Nothing for a metric that is no time.
std::optional<KnownError> error_of(const Plan& plan, const std::string& metric,
                                   const TesterAccuracy& accuracy) {
  const auto name = last_name(metric);
  const auto info =
      std::ranges::find(metric_catalogue(), name, [](const MetricInfo* one) { return one->name; });
  if (info == metric_catalogue().end() || (*info)->unit != MetricUnit::kSeconds)
    return std::nullopt;
  if (is_of_delay(name)) return KnownError{"delays", accuracy.delay.p99, "p99"};
  if (is_of_call(plan, metric))
    return KnownError{"outages of a call", accuracy.outage_call.p95, "p95"};
  return KnownError{"outages", accuracy.outage_probe.p95, "p95"};
}

std::string complaint(const std::string& expectation, const KnownError& error,
                      const Calibration& calibration) {
  return fmt::format(
      "warning: '{}' is tighter than this tester: it measures {} to ± {:.3g} ms ({}, "
      "engine {}, calibrated {})",
      expectation, error.of, error.milliseconds, error.percentile, calibration.key.engine,
      calibration.taken);
}

/// The tightest bound on a time that an expectation sets, in ms, and what is known of it.
struct Tight {
  double milliseconds = 0;
  KnownError error;
};

std::optional<Tight> tightness(const Plan& plan, const ExpectationPlan& expectation,
                               const TesterAccuracy& accuracy) {
  constexpr double kMilliseconds = 1000;
  if (const auto* metric = std::get_if<MetricExpectation>(&expectation.what)) {
    const auto error = error_of(plan, metric->metric, accuracy);
    // No outage at all is a bound of its own kind: a single loss breaks it.
    if (!error || !metric->at_most || *metric->at_most == 0) return std::nullopt;
    return Tight{*metric->at_most * kMilliseconds, *error};
  }
  if (const auto* state = std::get_if<StateExpectation>(&expectation.what))
    return Tight{std::chrono::duration<double, std::milli>(state->within).count(),
                 {"outages", accuracy.outage_probe.p95, "p95"}};
  return std::nullopt;
}

}  // namespace

std::vector<Mistake> too_tight(const Plan& plan, const Calibration& calibration) {
  std::vector<Mistake> warnings;
  for (const auto& expectation : plan.expectations) {
    const auto tight = tightness(plan, expectation, calibration.idle);
    if (tight && tight->milliseconds < tight->error.milliseconds)
      warnings.push_back(
          {expectation.where, complaint(expectation.text, tight->error, calibration)});
  }
  return warnings;
}

}  // namespace wandrill
