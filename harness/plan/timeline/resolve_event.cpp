// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/ranges.h>

#include "base/names.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/timeline/timeline_labels.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return "";
  return std::string{text.substr(first, text.find_last_not_of(' ') - first + 1)};
}

}  // namespace

AfterEvent resolve_after(const StepSpec& step, const std::map<std::string, Place>& labels,
                         Mistakes& mistakes) {
  const auto& [text, place] = *step.after;
  AfterEvent after{.event = trimmed(text),
                   .deadline = step.deadline ? step.deadline->value : defaults::kEventDeadline};
  if (const auto plus = text.rfind('+'); plus != std::string::npos) {
    after.event = trimmed(std::string_view{text}.substr(0, plus));
    const auto offset = parse_duration(trimmed(std::string_view{text}.substr(plus + 1)));
    if (!offset)
      mistakes.add(place, "what follows the '+' is no duration; write it like 'failover + 200ms'");
    after.offset = offset.value_or(Nanos{0});
  }
  std::vector<std::string> known{kEventWords.begin(), kEventWords.end()};
  for (const auto& [label, where] : labels)
    known.push_back(label);
  if (std::ranges::find(known, after.event) == known.end())
    mistakes.add(place, "there is no event and no step '{}'{}; events are {}", after.event,
                 name_hint(after.event, known), fmt::join(kEventWords, ", "));
  return after;
}

}  // namespace wandrill
