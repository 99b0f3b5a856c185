// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_keys.hpp"

#include <algorithm>

#include <fmt/ranges.h>

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

/// "blackhole, loss, delay"
std::string kinds_text(const std::vector<FaultKind>& kinds) {
  std::vector<std::string_view> words;
  for (const auto kind : kinds)
    words.push_back(to_string(kind));
  return fmt::format("{}", fmt::join(words, ", "));
}

constexpr std::size_t kFewOwners = 5;

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
  using enum FaultKind;
  static const std::vector<FaultKey> keys{
      {"direction",
       place_in<&StepSpec::direction>,
       {kCarrier, kFarEnd, kBlackhole, kLoss, kDelay, kJitter, kRate, kReorder, kDuplicate,
        kCorrupt, kFlap, kBrownout, kMtu},
       {}},
      {"filter",
       place_of_filter,
       {kBlackhole, kLoss, kDelay, kJitter, kRate, kReorder, kDuplicate, kCorrupt, kBrownout},
       {}},
      {"loss", place_in<&StepSpec::loss>, {kLoss, kBrownout}, {}},
      {"burst", place_in<&StepSpec::burst>, {kLoss}, {}},
      {"correlation",
       place_in<&StepSpec::correlation>,
       {kLoss, kJitter, kReorder, kDuplicate, kCorrupt},
       {}},
      {"reorder", place_in<&StepSpec::reorder>, {kReorder}, {kReorder}},
      {"duplicate", place_in<&StepSpec::duplicate>, {kDuplicate}, {kDuplicate}},
      {"corrupt", place_in<&StepSpec::corrupt>, {kCorrupt}, {kCorrupt}},
      {"delay",
       place_in<&StepSpec::delay>,
       {kDelay, kBrownout, kReorder, kDns},
       {kDelay, kReorder}},
      {"jitter", place_in<&StepSpec::jitter>, {kJitter, kFlap, kBrownout}, {kJitter}},
      {"rate", place_in<&StepSpec::rate>, {kRate, kBrownout}, {kRate}},
      {"queue", place_in<&StepSpec::queue>, {kRate, kBrownout}, {}},
      {"of", place_in<&StepSpec::of>, {kFlap}, {}},
      {"period", place_in<&StepSpec::period>, {kFlap}, {kFlap}},
      {"duty", place_in<&StepSpec::duty>, {kFlap}, {}},
      {"count", place_in<&StepSpec::count>, {kFlap}, {kFlap}},
      {"over", place_in<&StepSpec::over>, {kLoss, kDelay, kJitter, kRate, kBrownout}, {}},
      {"mode", place_in<&StepSpec::mode>, {kArp, kDns, kDhcp}, {kDns, kDhcp}},
      {"address", place_in<&StepSpec::addresses>, {kDns, kDhcp}, {}},
      {"mtu", place_in<&StepSpec::mtu>, {kMtu}, {kMtu}},
      {"too_big", place_in<&StepSpec::too_big>, {kMtu}, {}},
      {"process", place_in<&StepSpec::process>, {kKill, kStop, kRestart}, {}},
      {"run", place_in<&StepSpec::run>, {kExec}, {kExec}},
      {"undo", place_in<&StepSpec::undo>, {kExec}, {}},
  };
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
