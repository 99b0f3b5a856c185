// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/advice.hpp"
#include "plan/faults/fault_info.hpp"

namespace wandrill {

FaultInfo blackhole_fault() {
  return {.kind = FaultKind::kBlackhole,
          .keys = {{"direction"}, {"filter"}},
          .story = "silently swallowed all packets",
          .advice = kAskBeyondTheGateway,
          .takes_wan_away = always};
}

}  // namespace wandrill
