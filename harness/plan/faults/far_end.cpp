// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/advice.hpp"
#include "plan/faults/fault_info.hpp"

namespace wandrill {

FaultInfo far_end_fault() {
  return {.kind = FaultKind::kFarEnd,
          .keys = {{"direction"}},
          .story = "went dead beyond the modem",
          .advice = kAskBeyondTheGateway,
          .takes_wan_away = always,
          .takes_interface_down = true};
}

}  // namespace wandrill
