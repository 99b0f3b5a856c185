// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "plan/faults/line_values.hpp"

namespace wandrill {

FaultInfo reorder_fault() {
  return {.kind = FaultKind::kReorder,
          .keys = {{"direction"},
                   {"filter"},
                   {"reorder", kRequired},
                   {"delay", kRequired},
                   {"correlation"}},
          .resolve =
              [](const StepSpec& step, const FaultContext&, FaultAction& fault, Mistakes&) {
                if (step.reorder) fault.value.reorder = chance_of(*step.reorder, step);
                set_from(step.delay, fault.value.delay);
              },
          .text =
              [](const FaultAction& fault) {
                return "reorder " + probability_text(fault.value.reorder) + ", the others delay +" +
                       to_string(fault.value.delay);
              },
          .story = "delivered packets out of order"};
}

}  // namespace wandrill
