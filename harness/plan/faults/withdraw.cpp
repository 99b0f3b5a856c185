// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/advice.hpp"
#include "plan/faults/fault_info.hpp"

namespace wandrill {

FaultInfo withdraw_fault() {
  return {.kind = FaultKind::kWithdraw,
          .target = FaultTarget::kIsp,
          .story = "lost its way to the internet",
          .advice = kAskBeyondTheGateway,
          .takes_wan_away = always};
}

}  // namespace wandrill
