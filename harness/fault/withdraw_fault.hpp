// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "fault/lab_fault.hpp"

namespace wandrill {

/// The ISP's upstream withdraws its routes: it answers on the line, and knows no way beyond.
class WithdrawFault final : public LabFault {
 public:
  WithdrawFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  const NodePlan& isp_;
  LiveNode& node_;
  bool withdrawn_ = false;
};

}  // namespace wandrill
