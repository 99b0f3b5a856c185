// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"

namespace wandrill {

FaultInfo admin_down_fault() {
  return {.kind = FaultKind::kAdminDown,
          .target = FaultTarget::kIsp,
          .story = "had its port at the router set down",
          .advice =
              "Somebody set the port down: the kernel took its routes and IPv6 addresses away. Let "
              "the router react to its own interfaces, and put back what is missing once the port "
              "is up again.",
          .takes_wan_away = always,
          .takes_interface_down = true};
}

}  // namespace wandrill
