// SPDX-License-Identifier: Apache-2.0
#include "fault/restart_fault.hpp"

#include <fmt/format.h>

#include "fault/kill_fault.hpp"

namespace wandrill {

RestartFault::RestartFault(const FaultAction& fault, const LabFaultStage& stage)
    : router_{stage.router},
      process_{fault.lab.process},
      patience_{time_to_start(stage.plan.router, process_)} {}

void RestartFault::apply() {
  old_pid_ = router_.state_of(process_).pid;
  router_.restart(process_);
}

std::string RestartFault::evidence() {
  router_.poll_restarts();
  const auto state = router_.state_of(process_);
  if (state.pid == old_pid_ || !state.runs || !state.ready) return "";
  return fmt::format("process {} has ended, {} runs as process {}", old_pid_, process_, state.pid);
}

}  // namespace wandrill
