// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "plan/faults/line_values.hpp"

namespace wandrill {

FaultInfo duplicate_fault() {
  return {.kind = FaultKind::kDuplicate,
          .keys = {{"direction"}, {"filter"}, {"duplicate", kRequired}, {"correlation"}},
          .resolve =
              [](const StepSpec& step, const FaultContext&, FaultAction& fault, Mistakes&) {
                if (step.duplicate) fault.value.duplicate = chance_of(*step.duplicate, step);
              },
          .text =
              [](const FaultAction& fault) {
                return "duplicate " + probability_text(fault.value.duplicate);
              },
          .story = "delivered packets twice"};
}

}  // namespace wandrill
