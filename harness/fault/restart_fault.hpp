// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fault/lab_fault.hpp"

namespace wandrill {

/// One of the router's programs is told to end (SIGTERM) and started again as soon as it has, as an
/// update or a changed configuration does. Over by itself: there is nothing to undo.
class RestartFault final : public LabFault {
 public:
  RestartFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override {}
  /// Also goes on with the restart.
  [[nodiscard]] std::string evidence() override;
  [[nodiscard]] Nanos patience() const override { return patience_; }

 private:
  Router& router_;
  std::string process_;
  Nanos patience_;
  pid_t old_pid_ = -1;
};

}  // namespace wandrill
