// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fault/lab_fault.hpp"

namespace wandrill {

/// A server stops answering in both families; the lines and every other server go on.
class MonitorTargetFault final : public LabFault {
 public:
  MonitorTargetFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  const ServerPlan& server_;
  LiveNode& node_;
  std::string table_;
  bool dead_ = false;
};

}  // namespace wandrill
