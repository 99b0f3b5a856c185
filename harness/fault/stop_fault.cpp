// SPDX-License-Identifier: Apache-2.0
#include "fault/stop_fault.hpp"

#include <fmt/format.h>

namespace wandrill {

void StopFault::apply() {
  router_.halt(process_);
  halted_ = true;
}

void StopFault::undo() {
  router_.resume(process_);
  halted_ = false;
}

std::string StopFault::evidence() {
  const auto state = router_.state_of(process_);
  if (!state.runs || state.halted != halted_) return "";
  return fmt::format("process {} {}", state.pid, halted_ ? "is stopped" : "goes on");
}

}  // namespace wandrill
