// SPDX-License-Identifier: Apache-2.0
#include "fault/kill_fault.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wandrill {

KillFault::KillFault(const FaultAction& fault, const LabFaultStage& stage)
    : router_{stage.router},
      process_{fault.lab.process},
      patience_{time_to_start(stage.plan.router, process_)} {}

void KillFault::apply() {
  router_.kill(process_);
  killed_ = true;
}

void KillFault::undo() {
  router_.start_again(process_);
  killed_ = false;
}

std::string KillFault::evidence() {
  const auto state = router_.state_of(process_);
  if (killed_) return state.runs ? "" : fmt::format("process {} has ended", state.pid);
  if (!state.runs || !state.ready) return "";
  return fmt::format("{} runs again as process {}", process_, state.pid);
}

Nanos time_to_start(const RouterPlan& router, const std::string& process) {
  constexpr Nanos kTimeToEnd = std::chrono::seconds{5};
  const auto found = std::ranges::find(router.processes, process, &ProcessPlan::name);
  return kTimeToEnd + (found == router.processes.end() ? Nanos{0} : found->ready_within);
}

}  // namespace wandrill
