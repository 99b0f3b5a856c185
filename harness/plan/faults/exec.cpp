// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include "plan/faults/fault_info.hpp"
#include "plan/placeholders.hpp"

namespace wandrill {
namespace {

std::vector<std::string> filled(const std::vector<Placed<std::string>>& words,
                                const Placeholders& placeholders, Mistakes& mistakes) {
  std::vector<std::string> command;
  for (const auto& word : words)
    command.push_back(placeholders.fill(word, mistakes));
  if (!command.empty() && command.front().empty())
    mistakes.add(words.front().place, "the program of this command has no name");
  return command;
}

void resolve_exec_fault(const StepSpec& step, const FaultContext& context, FaultAction& fault,
                        Mistakes& mistakes) {
  const Placeholders placeholders{context.topology};
  fault.lab.run = filled(step.run, placeholders, mistakes);
  fault.lab.undo = filled(step.undo, placeholders, mistakes);
}

}  // namespace

FaultInfo exec_fault() {
  return {.kind = FaultKind::kExec,
          .target = FaultTarget::kRouter,
          .keys = {{"run", kRequired}, {"undo"}},
          .resolve = resolve_exec_fault,
          .text =
              [](const FaultAction& fault) {
                return fmt::format("exec {}", fmt::join(fault.lab.run, " "));
              },
          .story = "had a command run on it",
          .is_momentary = [](const FaultAction& fault) { return fault.lab.undo.empty(); }};
}

}  // namespace wandrill
