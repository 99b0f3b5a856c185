// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/ranges.h>

#include "base/names.hpp"
#include "plan/metrics/metric_catalogue.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/values.hpp"

namespace wandrill {
namespace {

std::optional<double> value_in(MetricUnit unit, std::string_view text) {
  switch (unit) {
    case MetricUnit::kSeconds:
      if (const auto time = parse_duration(text))
        return std::chrono::duration<double>(*time).count();
      return std::nullopt;
    case MetricUnit::kPercent:
      if (const auto percent = parse_percent(text)) return percent->value;
      return std::nullopt;
    case MetricUnit::kBitsPerSecond:
      if (const auto rate = parse_rate(text)) return static_cast<double>(rate->value);
      return std::nullopt;
    case MetricUnit::kScore:
      return parse_number(text);
    case MetricUnit::kCount:
      break;
  }
  const auto number = parse_number(text);
  return number && *number == std::floor(*number) ? number : std::nullopt;
}

std::string_view wanted_unit(MetricUnit unit) {
  switch (unit) {
    case MetricUnit::kSeconds:
      return "a time and needs its unit, e.g. 2s";
    case MetricUnit::kPercent:
      return "a percentage and needs its sign, e.g. 1%";
    case MetricUnit::kBitsPerSecond:
      return "a rate and needs its unit, e.g. 5Mbit/s";
    case MetricUnit::kScore:
      return "a number without a unit, e.g. 4.1";
    case MetricUnit::kCount:
      break;
  }
  return "a count: a whole number without a unit, e.g. 4";
}

class ExpectationResolver {
 public:
  ExpectationResolver(const TimelineContext& context, const std::map<std::string, Place>& labels,
                      Mistakes& mistakes)
      : context_{context}, labels_{labels}, mistakes_{mistakes} {}

  std::optional<ExpectationPlan> resolve(const ExpectationSpec& spec) {
    const auto& state = spec.condition;
    const bool is_state = state.egress || state.flowing || state.log || state.alert;
    const int kinds = (spec.metric ? 1 : 0) + (is_state ? 1 : 0) + (spec.session ? 1 : 0);
    if (kinds != 1) {
      mistakes_.add(state.place,
                    "an expectation is about one of 'metric', 'egress', 'flowing', 'log', 'alert' "
                    "and 'session'");
      return std::nullopt;
    }
    check_keys(spec, is_state);
    if (spec.metric) return metric(spec);
    return is_state ? this->state(spec) : fate(spec);
  }

 private:
  template <typename T>
  void refuse(const std::optional<Placed<T>>& value, std::string_view key, std::string_view owner) {
    if (value) mistakes_.add(value->place, "'{}' belongs to {}", key, owner);
  }

  void check_keys(const ExpectationSpec& spec, bool is_state) {
    if (!spec.metric)
      for (const auto& [key, value] : {std::pair{"during", &spec.during},
                                       {"at_most", &spec.at_most},
                                       {"at_least", &spec.at_least},
                                       {"equals", &spec.equals}})
        refuse(*value, key, "a 'metric'");
    if (!is_state) {
      refuse(spec.after, "after", "'egress', 'flowing', 'log' or 'alert'");
      refuse(spec.within, "within", "'egress', 'flowing', 'log' or 'alert'");
      refuse(spec.lasting, "for", "'egress', 'flowing', 'log' or 'alert'");
    }
    if (!spec.condition.alert) refuse(spec.condition.by, "by", "an 'alert'");
    if (!spec.session && !spec.fate.empty())
      mistakes_.add(spec.fate.front().place, "'fate' belongs to a 'session'");
  }

  std::optional<ExpectationPlan> metric(const ExpectationSpec& spec) {
    if (spec.during && !is_phase(*spec.during)) return std::nullopt;
    const auto name = spec.during ? fmt::format("{}@{}", spec.metric->value, spec.during->value)
                                  : spec.metric->value;
    MetricName parsed;
    if (const auto mistake = parse_metric_name(
            name, subjects_of(context_.traffic, context_.topology.capacity), parsed)) {
      // Names cannot be judged when no traffic could be resolved.
      if (!context_.traffic.sessions.empty()) mistakes_.add_text(spec.metric->place, *mistake);
      return std::nullopt;
    }
    MetricExpectation expectation{.metric = name};
    std::string text = name;
    const auto bound =
        [&](const char* words,
            const std::optional<Placed<std::string>>& given) -> std::optional<double> {
      if (!given) return std::nullopt;
      const auto value = value_in(parsed.info->unit, given->value);
      if (!value)
        mistakes_.add(given->place, "'{}' is {}; not '{}'", name, wanted_unit(parsed.info->unit),
                      given->value);
      text += fmt::format("{} {} {}", text == name ? "" : " and", words, given->value);
      return value;
    };
    expectation.at_least = bound("at least", spec.at_least);
    expectation.at_most = bound("at most", spec.at_most);
    expectation.equals = bound("equals", spec.equals);
    check_bounds(spec, expectation);
    check_resolution(spec.at_most, expectation.at_most, parsed);
    check_resolution(spec.equals, expectation.equals, parsed);
    return ExpectationPlan{spec.condition.place, std::move(text), std::move(expectation)};
  }

  void check_bounds(const ExpectationSpec& spec, const MetricExpectation& expectation) {
    if (!spec.at_most && !spec.at_least && !spec.equals)
      mistakes_.add(spec.metric->place, "a bound is missing: 'at_most', 'at_least' or 'equals'");
    if (spec.equals && (spec.at_most || spec.at_least))
      mistakes_.add(spec.equals->place, "'equals' and another bound contradict each other");
    if (expectation.at_most && expectation.at_least && *expectation.at_least > *expectation.at_most)
      mistakes_.add(spec.at_least->place, "nothing is at least {} and at most {}",
                    spec.at_least->value, spec.at_most->value);
  }

  /// A flow does not see what lasts less long than its packets are apart.
  void check_resolution(const std::optional<Placed<std::string>>& given,
                        const std::optional<double>& seconds, const MetricName& name) {
    constexpr std::array kOutages{"longest_gap", "outage", "loss_derived_outage"};
    if (!seconds || *seconds <= 0 || std::ranges::find(kOutages, name.info->name) == kOutages.end())
      return;
    for (const auto& session : context_.traffic.sessions) {
      const bool is_it = name.subject.starts_with(session.name + ".") ||
                         name.subject.starts_with(session.group + ".");
      if (!is_it || *seconds >= std::chrono::duration<double>(session.interval).count()) continue;
      mistakes_.add(given->place,
                    "'{}' sends a packet every {} and does not see outages of {}; 0s asks for no "
                    "lost packet at all, a probe with a shorter interval measures more finely",
                    session.name, to_string(session.interval), given->value);
      return;
    }
  }

  bool is_phase(const Placed<std::string>& phase) {
    const auto names = phase_names();
    if (std::ranges::find(names, phase.value) != names.end()) return true;
    const std::vector<std::string> known{names.begin(), names.end()};
    mistakes_.add(phase.place, "there is no phase '{}'{}", phase.value,
                  name_hint(phase.value, known));
    return false;
  }

  std::optional<ExpectationPlan> state(const ExpectationSpec& spec) {
    StateExpectation expectation{
        .state = resolve_condition(spec.condition, context_, mistakes_),
        .after = spec.after ? spec.after->value : "start",
        .within = spec.within ? spec.within->value : Nanos{0},
        .lasting = spec.lasting ? spec.lasting->value : Nanos{0},
    };
    if (!spec.within)
      mistakes_.add(spec.condition.place, "'within' is missing: how soon must it come about?");
    check_label(spec);
    auto text = fmt::format("{} within {} after {}", condition_text(spec.condition),
                            to_string(expectation.within), expectation.after);
    if (expectation.lasting > Nanos{0})
      text += fmt::format(", for {}", to_string(expectation.lasting));
    return ExpectationPlan{spec.condition.place, std::move(text), std::move(expectation)};
  }

  static std::string condition_text(const ConditionSpec& spec) {
    if (spec.egress) return "egress " + spec.egress->value;
    if (spec.flowing) return "flowing " + spec.flowing->value;
    if (spec.alert)
      return fmt::format("alert '{}'{}", spec.alert->value, spec.by ? " by " + spec.by->value : "");
    return fmt::format("log '{}'", spec.log ? spec.log->value : "");
  }

  void check_label(const ExpectationSpec& spec) {
    if (!spec.after || spec.after->value == "start" || labels_.contains(spec.after->value)) return;
    std::vector<std::string> known;
    for (const auto& [label, place] : labels_)
      known.push_back(label);
    mistakes_.add(spec.after->place, "no step has the label '{}'{}", spec.after->value,
                  name_hint(spec.after->value, known));
  }

  std::optional<ExpectationPlan> fate(const ExpectationSpec& spec) {
    const auto& [name, place] = *spec.session;
    check_fates(spec);
    if (spec.fate.empty())
      mistakes_.add(place, "'fate' is missing: what may become of '{}'?", name);
    FateExpectation expectation{.session = name, .one_of = {}};
    std::string text = name;
    for (const auto& word : spec.fate) {
      const bool first = expectation.one_of.empty();
      expectation.one_of.push_back(word.value);
      text += first ? " " : expectation.one_of.size() == spec.fate.size() ? " or " : ", ";
      text += word.value;
    }
    return ExpectationPlan{spec.condition.place, std::move(text), std::move(expectation)};
  }

  /// Whether sessions of this name can have those fates.
  void check_fates(const ExpectationSpec& spec) {
    const auto& [name, place] = *spec.session;
    const auto known = session_names(context_.traffic);
    const auto session = std::ranges::find_if(context_.traffic.sessions, [&](const auto& one) {
      return one.name == name || one.group == name;
    });
    if (session == context_.traffic.sessions.end()) {
      if (!known.empty())
        mistakes_.add(place, "there is no session '{}'{}", name, name_hint(name, known));
      return;
    }
    const auto fates = session->traits().fates;
    if (fates.empty())
      mistakes_.add(place, "'{}' is a session of kind {}: those have no fate, but metrics", name,
                    to_string(session->kind));
    else
      for (const auto& word : spec.fate)
        if (std::ranges::find(fates, word.value) == fates.end())
          mistakes_.add(word.place, "a session of kind {} cannot be '{}', only {}",
                        to_string(session->kind), word.value, fmt::join(fates, ", "));
  }

  const TimelineContext& context_;
  const std::map<std::string, Place>& labels_;
  Mistakes& mistakes_;
};

}  // namespace

std::vector<ExpectationPlan> resolve_expectations(const Scenario& scenario,
                                                  const TimelineContext& context,
                                                  const std::map<std::string, Place>& labels,
                                                  Mistakes& mistakes) {
  ExpectationResolver resolver{context, labels, mistakes};
  std::vector<ExpectationPlan> plans;
  for (const auto& spec : scenario.expectations)
    if (auto plan = resolver.resolve(spec)) plans.push_back(std::move(*plan));
  return plans;
}

}  // namespace wandrill
