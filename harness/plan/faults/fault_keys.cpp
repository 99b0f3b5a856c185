// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_keys.hpp"

#include <algorithm>
#include <cassert>

#include <fmt/ranges.h>

#include "plan/faults/fault_info.hpp"
#include "plan/words.hpp"

namespace wandrill {
namespace {

template <typename T>
const Place* place_of(const std::optional<T>& value) {
  return value ? &value->place : nullptr;
}

template <typename T>
const Place* place_of(const std::vector<Placed<T>>& values) {
  return values.empty() ? nullptr : &values.front().place;
}

const Place* place_of_filter(const StepSpec& step) {
  return step.filter ? &step.filter->place : nullptr;
}

template <auto Member>
const Place* place_in(const StepSpec& step) {
  return place_of(step.*Member);
}

bool has(const std::vector<FaultKind>& kinds, std::optional<FaultKind> kind) {
  return kind && std::ranges::find(kinds, *kind) != kinds.end();
}

/// "'fault: rate'", "'fault: kill', 'fault: stop' or 'fault: restart'"
std::string owners_text(const std::vector<FaultKind>& kinds) {
  std::string text;
  for (std::size_t i = 0; i < kinds.size(); ++i)
    text += fmt::format("{}'fault: {}'",
                        i == 0                 ? ""
                        : i + 1 < kinds.size() ? ", "
                                               : " or ",
                        to_string(kinds[i]));
  return text;
}

/// "blackhole, loss, delay", in the order of the enumeration.
std::string kinds_text(std::vector<FaultKind> kinds) {
  std::ranges::sort(kinds);
  std::vector<std::string_view> words;
  for (const auto kind : kinds)
    words.push_back(to_string(kind));
  return fmt::format("{}", fmt::join(words, ", "));
}

constexpr std::size_t kFewOwners = 5;

/// Who uses and who requires each, as the faults themselves have it.
std::vector<FaultKey> with_users(std::vector<FaultKey> keys) {
  for (const auto& info : fault_infos())
    for (const auto& used : info.keys) {
      const auto key = std::ranges::find(keys, used.key, &FaultKey::key);
      assert(key != keys.end());
      key->used_by.push_back(info.kind);
      if (used.is_required) key->required_by.push_back(info.kind);
    }
  return keys;
}

void tell_stray(const StepSpec& step, const FaultKey& key, const Place& place, Mistakes& mistakes) {
  if (key.used_by.size() <= kFewOwners)
    mistakes.add(place, "'{}' belongs to {}", key.key, owners_text(key.used_by));
  else if (step.fault)
    mistakes.add(place, "'fault: {}' has no '{}'; these have: {}", step.fault->value, key.key,
                 kinds_text(key.used_by));
  else
    mistakes.add(place, "'{}' belongs to a 'fault'", key.key);
}

}  // namespace

const std::vector<FaultKey>& fault_keys() {
  static const auto keys = with_users({
      {"direction", place_in<&StepSpec::direction>, {}, {}},
      {"filter", place_of_filter, {}, {}},
      {"loss", place_in<&StepSpec::loss>, {}, {}},
      {"burst", place_in<&StepSpec::burst>, {}, {}},
      {"correlation", place_in<&StepSpec::correlation>, {}, {}},
      {"reorder", place_in<&StepSpec::reorder>, {}, {}},
      {"duplicate", place_in<&StepSpec::duplicate>, {}, {}},
      {"corrupt", place_in<&StepSpec::corrupt>, {}, {}},
      {"delay", place_in<&StepSpec::delay>, {}, {}},
      {"jitter", place_in<&StepSpec::jitter>, {}, {}},
      {"rate", place_in<&StepSpec::rate>, {}, {}},
      {"queue", place_in<&StepSpec::queue>, {}, {}},
      {"of", place_in<&StepSpec::of>, {}, {}},
      {"period", place_in<&StepSpec::period>, {}, {}},
      {"duty", place_in<&StepSpec::duty>, {}, {}},
      {"count", place_in<&StepSpec::count>, {}, {}},
      {"over", place_in<&StepSpec::over>, {}, {}},
      {"mode", place_in<&StepSpec::mode>, {}, {}},
      {"address", place_in<&StepSpec::addresses>, {}, {}},
      {"mtu", place_in<&StepSpec::mtu>, {}, {}},
      {"too_big", place_in<&StepSpec::too_big>, {}, {}},
      {"process", place_in<&StepSpec::process>, {}, {}},
      {"run", place_in<&StepSpec::run>, {}, {}},
      {"undo", place_in<&StepSpec::undo>, {}, {}},
  });
  return keys;
}

void check_fault_keys(const StepSpec& step, Mistakes& mistakes) {
  const auto kind = step.fault ? parse_word<FaultKind>(step.fault->value) : std::nullopt;
  for (const auto& key : fault_keys()) {
    const auto* place = key.place_in(step);
    if (place != nullptr && !has(key.used_by, kind)) tell_stray(step, key, *place, mistakes);
    if (place == nullptr && has(key.required_by, kind))
      mistakes.add(step.place, "'fault: {}' needs '{}'", step.fault->value, key.key);
  }
  const std::pair<std::string_view, const Place*> common[] = {
      {"on", place_of(step.on)},
      {"failover", place_of(step.failover)},
  };
  for (const auto& [key, place] : common)
    if (place != nullptr && !step.fault) mistakes.add(*place, "'{}' belongs to a 'fault'", key);
}

}  // namespace wandrill
