// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fault/lab_fault.hpp"

namespace wandrill {

/// One of the router's programs hangs (SIGSTOP): it is there and does nothing; the restore lets it
/// go on (SIGCONT). What the kernel forwards goes on.
class StopFault final : public LabFault {
 public:
  StopFault(const FaultAction& fault, const LabFaultStage& stage)
      : router_{stage.router}, process_{fault.lab.process} {}

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  Router& router_;
  std::string process_;
  bool halted_ = false;
};

}  // namespace wandrill
