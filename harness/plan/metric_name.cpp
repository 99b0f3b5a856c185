// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/names.hpp"
#include "plan/metric_catalogue.hpp"

namespace wandrill {
namespace {

using Scope = MetricScope;

std::vector<std::string> names_of(Scope scope) {
  std::vector<std::string> names;
  for (const auto& info : metric_catalogue())
    if (info.scope == scope) names.emplace_back(info.name);
  return names;
}

const MetricInfo* find(Scope scope, std::string_view name) {
  for (const auto& info : metric_catalogue())
    if (info.scope == scope && info.name == name) return &info;
  return nullptr;
}

bool contains(std::span<const std::string> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Splits "failover.2" into subject and index; false if the index is no number from 1.
bool split_index(std::string_view subject, MetricName& result) {
  const auto dot = subject.find('.');
  result.subject = std::string{subject.substr(0, dot)};
  if (dot == std::string_view::npos) return true;
  const auto digits = subject.substr(dot + 1);
  int index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc{} || end != digits.data() + digits.size() || index < 1) return false;
  result.index = index;
  return true;
}

bool is_transition(std::string_view subject) {
  const auto head = subject.substr(0, subject.find('.'));
  return head == "failover" || head == "failback";
}

/// What `subject` is, or nothing when there is no such thing.
std::optional<Scope> scope_of(std::string_view subject, std::span<const std::string> flows,
                              std::span<const std::string> sessions) {
  if (contains(flows, subject)) return Scope::kFlow;
  if (contains(sessions, subject)) return Scope::kSession;
  if (subject == "router") return Scope::kRouter;
  if (is_transition(subject))
    return subject.starts_with("failover") ? Scope::kFailover : Scope::kFailback;
  return std::nullopt;
}

std::string subject_hint(std::string_view subject, std::span<const std::string> flows,
                         std::span<const std::string> sessions) {
  std::vector<std::string> known{"failover", "failback", "router"};
  known.insert(known.end(), flows.begin(), flows.end());
  known.insert(known.end(), sessions.begin(), sessions.end());
  return name_hint(subject, known);
}

}  // namespace

std::optional<std::string> parse_metric_name(std::string_view text,
                                             std::span<const std::string> flows,
                                             std::span<const std::string> sessions,
                                             MetricName& result) {
  result = {};
  const auto at = text.find('@');
  const auto whole = text.substr(0, at);
  if (at != std::string_view::npos) {
    result.phase = std::string{text.substr(at + 1)};
    const std::vector<std::string> phases{phase_names().begin(), phase_names().end()};
    if (!contains(phases, result.phase))
      return fmt::format("there is no phase '{}'{}", result.phase, name_hint(result.phase, phases));
  }
  const auto dot = whole.rfind('.');
  if (dot == std::string_view::npos)
    return fmt::format(
        "'{}' is no metric: it needs a subject and a dot, as in "
        "'failover.detection_time'",
        text);
  const auto subject = whole.substr(0, dot);
  const auto name = whole.substr(dot + 1);
  const auto scope = scope_of(subject, flows, sessions);
  if (!scope)
    return fmt::format("there is nothing called '{}' to measure{}", subject,
                       subject_hint(subject, flows, sessions));
  result.subject = std::string{subject};
  const bool indexed = *scope == Scope::kFailover || *scope == Scope::kFailback;
  if (indexed && !split_index(subject, result))
    return fmt::format("'{}' needs a number from 1 after the dot", subject);
  result.info = find(*scope, name);
  if (result.info == nullptr)
    return fmt::format("'{}' has no metric '{}'{}", subject, name,
                       name_hint(name, names_of(*scope)));
  if (!result.phase.empty() && *scope != Scope::kFlow)
    return fmt::format("'{}' cannot be limited to a phase: only metrics of flows can", whole);
  return std::nullopt;
}

}  // namespace wandrill
