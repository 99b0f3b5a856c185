// SPDX-License-Identifier: Apache-2.0
#include "fault/exec_fault.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"

namespace wandrill {

void ExecFault::launch(const std::vector<std::string>& command) {
  text_ = fmt::format("'{}'", fmt::join(command, " "));
  program_ = &router_.launch("on the router, " + text_, command);
}

void ExecFault::apply() {
  launch(run_);
}

void ExecFault::undo() {
  launch(undo_);
}

void ExecFault::give_up() {
  program_->child().kill_group();
}

std::string ExecFault::evidence() {
  program_->take_output();
  const auto status = program_->child().poll_status();
  if (!status) return "";
  program_->take_output();
  if (*status != 0) program_->fail(end_text(*status));
  return text_ + " ended with exit status 0";
}

}  // namespace wandrill
