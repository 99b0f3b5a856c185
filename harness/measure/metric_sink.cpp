// SPDX-License-Identifier: Apache-2.0
#include "measure/metric_sink.hpp"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "plan/metrics/metric_catalogue.hpp"

namespace wandrill {
namespace {

[[maybe_unused]] bool is_in_catalogue(const MetricInfo& metric) {
  return std::ranges::find(metric_catalogue(), &metric) != metric_catalogue().end();
}

std::string key_of(std::string_view subject, const MetricInfo& metric, std::string_view phase) {
  auto key = metric_key(subject, metric);
  return phase.empty() ? key : fmt::format("{}@{}", key, phase);
}

/// Whose the worst is; where nothing was tried it is nobody's.
std::string named_note(const std::string& subject, const Measured& measured) {
  if (measured.untried) return measured.note;
  return measured.note.empty() ? subject : fmt::format("{}: {}", subject, measured.note);
}

/// One that does not exist is worse than all others.
bool is_worse(const MetricInfo& metric, const Measured& measured, const Measured& known) {
  if (!known.value) return false;
  if (!measured.value) return true;
  return metric.lower_is_better() ? *measured.value > *known.value : *measured.value < *known.value;
}

}  // namespace

MetricOf of_session(const SessionPlan& session, std::string_view phase) {
  return {.subject = session.name,
          .group = session.group == session.name ? "" : session.group,
          .phase = phase};
}

MetricOf of_flow(const Plan& plan, const FlowPlan& flow, std::string_view phase) {
  const auto& session = plan.traffic.session_of(flow.id);
  return {.subject = flow.name,
          .group = session.group == session.name
                       ? ""
                       : fmt::format("{}.{}", session.group, to_string(flow.direction)),
          .phase = phase};
}

MetricSink::MetricSink(const Plan& plan, Measurements& measurements) : measurements_{measurements} {
  for (const auto& expectation : plan.expectations)
    if (const auto* metric = std::get_if<MetricExpectation>(&expectation.what))
      expected_.insert(metric->metric);
}

void MetricSink::set(const MetricOf& of, const Readings& readings) {
  for (const auto& [metric, measured] : readings)
    publish(of, *metric, measured);
}

void MetricSink::publish(const MetricOf& of, const MetricInfo& metric, Measured measured) {
  assert(is_in_catalogue(metric));
  assert(of.phase.empty() || metric.by_phase);
  auto key = key_of(of.subject, metric, of.phase);
  // By phase, the members of a group are many numbers that hardly anybody asks for.
  const bool is_wanted = of.group.empty() || of.phase.empty() || expected_.contains(key);
  if (is_wanted) measurements_.metrics[std::move(key)] = measured;
  if (of.group.empty() || metric.of_group == OfGroup::kOwn) return;
  if (metric.of_group == OfGroup::kWorstNamed) measured.note = named_note(of.subject, measured);
  take_worst(key_of(of.group, metric, of.phase), metric, std::move(measured));
}

void MetricSink::take_worst(const std::string& key, const MetricInfo& metric, Measured measured) {
  auto& worst = measurements_.metrics[key];
  if (of_groups_.insert(key).second || is_worse(metric, measured, worst))
    worst = std::move(measured);
}

}  // namespace wandrill
