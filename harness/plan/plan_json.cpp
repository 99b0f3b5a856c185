// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include "plan/plan.hpp"
#include "plan/plan_fields.hpp"
#include "plan/words.hpp"

namespace wandrill {
namespace {

/// What a variant holds is named by the key of a map with one entry: {"fault": {…}}.
template <typename... Ts>
struct Alternatives {
  std::array<std::string_view, sizeof...(Ts)> names;
};

constexpr Alternatives<AtTime, AfterPrevious, UntilCondition, AfterEvent> kWhen{
    {"at", "wait", "wait_until", "after"}};
constexpr Alternatives<std::monostate, FaultAction, RestoreAction, CommandAction> kAction{
    {"none", "fault", "restore", "command"}};
constexpr Alternatives<MetricExpectation, StateExpectation, FateExpectation> kWhat{
    {"metric", "state", "fate"}};

constexpr const auto& alternatives_of(const decltype(StepPlan::when)&) {
  return kWhen;
}
constexpr const auto& alternatives_of(const decltype(StepPlan::action)&) {
  return kAction;
}
constexpr const auto& alternatives_of(const decltype(ExpectationPlan::what)&) {
  return kWhat;
}

template <typename T>
concept Worded = requires(T value) {
  word_of(value);
};
template <typename T>
concept Alternative = requires {
  std::variant_size<T>::value;
};

struct NoVisitor {
  void operator()(const char*, auto&&) const {}
};
template <typename T>
concept Structured = requires(T value) {
  visit_fields(NoVisitor{}, value);
};

// Writing

// Declared first: a template finds only what stands before it.
template <Worded T>
Json written(const T& value);
template <Alternative T>
Json written(const T& value);
template <Structured T>
Json written(const T& value);
template <typename T>
Json written(const std::vector<T>& values);
Json written(const std::vector<std::pair<std::string, std::string>>& values);
Json written(const std::monostate&);
template <Structured T>
Json written(const std::optional<T>& value);

template <typename T>
Json written(const T& value) {
  return value;
}
template <Worded T>
Json written(const T& value) {
  return word_of(value);
}
template <Structured T>
Json written(const T& value) {
  Json json = Json::object();
  visit_fields([&](const char* name, const auto& field) { json[name] = written(field); }, value);
  return json;
}
template <typename T>
Json written(const std::vector<T>& values) {
  Json json = Json::array();
  for (const auto& value : values)
    json.push_back(written(value));
  return json;
}
Json written(const std::vector<std::pair<std::string, std::string>>& values) {
  Json json = Json::object();
  for (const auto& [name, value] : values)
    json[name] = value;
  return json;
}
Json written(const std::monostate&) {
  return nullptr;
}
template <Structured T>
Json written(const std::optional<T>& value) {
  return value ? written(*value) : nullptr;
}
template <Alternative T>
Json written(const T& value) {
  const std::string name{alternatives_of(value).names[value.index()]};
  return {{name, std::visit([](const auto& held) { return written(held); }, value)}};
}

// Reading

template <Worded T>
void read(const Json& json, T& value);
template <Alternative T>
void read(const Json& json, T& value);
template <Structured T>
void read(const Json& json, T& value);
template <typename T>
void read(const Json& json, std::vector<T>& values);
void read(const Json& json, std::vector<std::pair<std::string, std::string>>& values);
void read(const Json&, std::monostate&);
template <Structured T>
void read(const Json& json, std::optional<T>& value);

template <typename T>
void read(const Json& json, T& value) {
  json.get_to(value);
}
template <Worded T>
void read(const Json& json, T& value) {
  const auto word = json.get<std::string>();
  const auto known = parse_word<T>(word);
  if (!known) throw std::runtime_error{"a stored plan has the unknown word '" + word + "'"};
  value = *known;
}
template <Structured T>
void read(const Json& json, T& value) {
  // A plan that was stored before a field existed has none of what it is for. Whole parts were
  // always there.
  visit_fields(
      [&]<typename Field>(const char* name, Field& field) {
        if (const auto found = json.find(name); found != json.end())
          read(*found, field);
        else if (Structured<Field>)
          throw std::runtime_error{std::string{"a stored plan has no '"} + name + "'"};
      },
      value);
}
template <typename T>
void read(const Json& json, std::vector<T>& values) {
  values.clear();
  for (const auto& item : json)
    read(item, values.emplace_back());
}
void read(const Json& json, std::vector<std::pair<std::string, std::string>>& values) {
  values.clear();
  for (const auto& [name, value] : json.items())
    values.emplace_back(name, value.get<std::string>());
}
void read(const Json&, std::monostate&) {}
template <Structured T>
void read(const Json& json, std::optional<T>& value) {
  if (json.is_null())
    value.reset();
  else
    read(json, value.emplace());
}

template <std::size_t I, typename T>
void read_alternative(const Json& json, std::size_t index, T& value) {
  if constexpr (I < std::variant_size_v<T>) {
    if (index == I)
      read(json, value.template emplace<I>());
    else
      read_alternative<I + 1>(json, index, value);
  }
}
template <Alternative T>
void read(const Json& json, T& value) {
  const auto& names = alternatives_of(value).names;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (const auto found = json.find(std::string{names[i]}); found != json.end())
      return read_alternative<0>(*found, i, value);
  throw std::runtime_error{"a stored plan holds none of the alternatives it should"};
}

}  // namespace

void to_json(Json& j, const StepPlan& step) {
  j = written(step);
}

void from_json(const Json& j, StepPlan& step) {
  read(j, step);
}

void to_json(Json& j, const Plan& plan) {
  j = written(plan);
}

void from_json(const Json& j, Plan& plan) {
  read(j, plan);
}

}  // namespace wandrill
