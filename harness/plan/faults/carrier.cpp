// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"

namespace wandrill {

FaultInfo carrier_fault() {
  return {.kind = FaultKind::kCarrier,
          .keys = {{"direction"}},
          .story = "lost its link",
          .advice =
              "Give the router a default route over the other WAN, and let it react to the "
              "loss of link of its port.",
          .takes_wan_away = always,
          .takes_interface_down = true};
}

}  // namespace wandrill
