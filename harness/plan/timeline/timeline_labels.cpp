// SPDX-License-Identifier: Apache-2.0
#include "plan/timeline/timeline_labels.hpp"

#include <algorithm>

namespace wandrill {

std::string label_of(const StepSpec& step) {
  if (step.as) return step.as->value;
  if (step.fault) return step.fault->value + (step.on ? " " + step.on->value : "");
  if (step.restore) return fmt::format("restore {}", step.restore->value);
  return step.command ? step.command->value : "";
}

void collect_labels(const std::vector<StepSpec>& steps, LabelUse use,
                    std::map<std::string, Place>& labels, Mistakes& mistakes) {
  for (const auto& step : steps) {
    collect_labels(step.steps, use, labels, mistakes);
    if (const auto label = label_of(step); !step.as && !label.empty())
      labels.emplace(label, step.place);
    if (!step.as) continue;
    const auto& [label, place] = *step.as;
    if (label == "all" || label == "start" ||
        std::ranges::find(kEventWords, label) != kEventWords.end())
      mistakes.add(place, "'{}' cannot be a label: it has a meaning of its own", label);
    const auto [first, is_new] = labels.emplace(label, place);
    if (!is_new && use == LabelUse::kOnce)
      mistakes.add(place, "label '{}' is given twice; the first is at {}", label,
                   seen_from(place, first->second));
  }
}

std::vector<std::string> fault_labels(const std::vector<StepSpec>& steps) {
  std::vector<std::string> labels;
  for (const auto& step : steps) {
    if (step.fault) labels.push_back(label_of(step));
    for (auto& label : fault_labels(step.steps))
      labels.push_back(std::move(label));
  }
  return labels;
}

}  // namespace wandrill
