// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/names.hpp"
#include "plan/faults/fault_info.hpp"

// kill, stop and restart: three things that become of a program of the router.
namespace wandrill {
namespace {

std::string process_of(const StepSpec& step, const RouterPlan& router, Mistakes& mistakes) {
  const auto names = names_of(router.processes);
  if (names.empty()) {
    if (!router.name.empty())
      mistakes.add(step.fault->place,
                   "router '{}' has no programs: 'fault: {}' has nothing to act on", router.name,
                   step.fault->value);
    return "";
  }
  if (!step.process) return names.front();
  if (std::ranges::find(names, step.process->value) == names.end())
    mistakes.add(step.process->place, "router '{}' has no process '{}'{}", router.name,
                 step.process->value, name_hint(step.process->value, names));
  return step.process->value;
}

FaultInfo process_fault(FaultKind kind, std::string_view story) {
  return {.kind = kind,
          .target = FaultTarget::kRouter,
          .keys = {{"process"}},
          .resolve =
              [](const StepSpec& step, const FaultContext& context, FaultAction& fault,
                 Mistakes& mistakes) {
                fault.lab.process = process_of(step, context.router, mistakes);
              },
          .text =
              [](const FaultAction& fault) {
                return fmt::format("{} {}", to_string(fault.kind), fault.lab.process);
              },
          .story = story};
}

}  // namespace

FaultInfo kill_fault() {
  return process_fault(FaultKind::kKill, "had a program killed");
}

FaultInfo stop_fault() {
  return process_fault(FaultKind::kStop, "had a program stopped");
}

FaultInfo restart_fault() {
  auto info = process_fault(FaultKind::kRestart, "had a program restarted");
  info.is_momentary = always;
  return info;
}

}  // namespace wandrill
