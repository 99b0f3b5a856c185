// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "plan/faults/line_values.hpp"

namespace wandrill {

FaultInfo delay_fault() {
  return {.kind = FaultKind::kDelay,
          .keys = {{"direction"}, {"filter"}, {"delay", kRequired}, {"over"}},
          .resolve = [](const StepSpec& step, const FaultContext&, FaultAction& fault,
                        Mistakes&) { set_from(step.delay, fault.value.delay); },
          .text = [](const FaultAction& fault) { return "delay +" + to_string(fault.value.delay); },
          .story = "became slow"};
}

}  // namespace wandrill
