// SPDX-License-Identifier: Apache-2.0
#include "fault/lab_fault.hpp"

#include <stdexcept>

#include "fault/withdraw_fault.hpp"

namespace wandrill {

std::unique_ptr<LabFault> make_lab_fault(const FaultAction& fault, const LabFaultStage& stage) {
  switch (fault.kind) {
    case FaultKind::kWithdraw:
      return std::make_unique<WithdrawFault>(fault, stage);
    default:
      throw std::logic_error{"a fault of a link is none of the lab"};
  }
}

}  // namespace wandrill
