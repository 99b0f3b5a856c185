// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fault/lab_fault.hpp"

namespace wandrill {

/// One of the router's programs dies (SIGKILL) and stays dead; the restore starts it again. What
/// the kernel forwards goes on.
class KillFault final : public LabFault {
 public:
  KillFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;
  [[nodiscard]] Nanos patience() const override { return patience_; }

 private:
  Router& router_;
  std::string process_;
  Nanos patience_;
  bool killed_ = false;
};

/// How long a program of the router may take to end and to be ready again.
Nanos time_to_start(const RouterPlan& router, const std::string& process);

}  // namespace wandrill
