// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/names.hpp"
#include "plan/metrics/metric_catalogue.hpp"

namespace wandrill {
namespace {

using Scope = MetricScope;

/// What a metric's name is looked for in: a scope and, of flows and sessions, a kind.
struct Owner {
  Scope scope;
  std::optional<TrafficKind> kind;

  [[nodiscard]] bool has(const MetricInfo& info) const {
    return info.scope == scope && (!kind || traits_of(*kind).has(info));
  }
};

std::vector<std::string> names_of(const Owner& owner) {
  std::vector<std::string> names;
  for (const auto* info : metric_catalogue())
    if (owner.has(*info)) names.emplace_back(info->name);
  return names;
}

const MetricInfo* find(const Owner& owner, std::string_view name) {
  for (const auto* info : metric_catalogue())
    if (owner.has(*info) && info->name == name) return info;
  return nullptr;
}

const MetricSubject* find(const std::vector<MetricSubject>& subjects, std::string_view name) {
  const auto found = std::ranges::find(subjects, name, &MetricSubject::name);
  return found == subjects.end() ? nullptr : &*found;
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
std::optional<Owner> owner_of(std::string_view subject, const MetricSubjects& subjects) {
  if (const auto* flow = find(subjects.flows, subject)) return Owner{Scope::kFlow, flow->kind};
  if (const auto* session = find(subjects.sessions, subject))
    return Owner{Scope::kSession, session->kind};
  if (std::ranges::find(subjects.classes, subject) != subjects.classes.end())
    return Owner{Scope::kClass, {}};
  if (subject == "router") return Owner{Scope::kRouter, {}};
  if (is_transition(subject))
    return Owner{subject.starts_with("failover") ? Scope::kFailover : Scope::kFailback, {}};
  return std::nullopt;
}

std::string subject_hint(std::string_view subject, const MetricSubjects& subjects) {
  std::vector<std::string> known{"failover", "failback", "router"};
  for (const auto* list : {&subjects.flows, &subjects.sessions})
    for (const auto& one : *list)
      known.push_back(one.name);
  known.insert(known.end(), subjects.classes.begin(), subjects.classes.end());
  return name_hint(subject, known);
}

}  // namespace

std::optional<std::string> parse_metric_name(std::string_view text, const MetricSubjects& subjects,
                                             MetricName& result) {
  result = {};
  const auto at = text.find('@');
  const auto whole = text.substr(0, at);
  if (at != std::string_view::npos) {
    result.phase = std::string{text.substr(at + 1)};
    const std::vector<std::string> phases{phase_names().begin(), phase_names().end()};
    if (std::ranges::find(phases, result.phase) == phases.end())
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
  const auto owner = owner_of(subject, subjects);
  if (!owner)
    return fmt::format("there is nothing called '{}' to measure{}", subject,
                       subject_hint(subject, subjects));
  result.subject = std::string{subject};
  const bool indexed = owner->scope == Scope::kFailover || owner->scope == Scope::kFailback;
  if (indexed && !split_index(subject, result))
    return fmt::format("'{}' needs a number from 1 after the dot", subject);
  result.info = find(*owner, name);
  if (result.info == nullptr)
    return fmt::format("'{}' has no metric '{}'{}", subject, name,
                       name_hint(name, names_of(*owner)));
  if (!result.phase.empty() && !result.info->by_phase)
    return fmt::format(
        "'{}' cannot be limited to a phase: only metrics of flows, http sessions and classes can",
        whole);
  return std::nullopt;
}

}  // namespace wandrill
