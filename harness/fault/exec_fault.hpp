// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "fault/lab_fault.hpp"

namespace wandrill {

/// Any command in the router's namespace, and another one that undoes it.
class ExecFault final : public LabFault {
 public:
  ExecFault(const FaultAction& fault, const LabFaultStage& stage)
      : router_{stage.router}, run_{fault.lab.run}, undo_{fault.lab.undo} {}

  void apply() override;
  void undo() override;
  /// The command's exit status; throws MachineError with its output when it is not 0.
  [[nodiscard]] std::string evidence() override;
  /// Kills the command, with what it has started in its process group.
  void give_up() override;

 private:
  void launch(const std::vector<std::string>& command);

  Router& router_;
  std::vector<std::string> run_;
  std::vector<std::string> undo_;
  LabProgram* program_ = nullptr;  ///< Lives in the router.
  std::string text_;
};

}  // namespace wandrill
