// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"

namespace wandrill {

FaultInfo monitor_target_fault() {
  return {.kind = FaultKind::kMonitorTarget,
          .target = FaultTarget::kServer,
          .story = "stopped answering",
          .leaves_wan_good = true,
          .silences_server = true};
}

}  // namespace wandrill
