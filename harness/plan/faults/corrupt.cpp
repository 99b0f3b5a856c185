// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "plan/faults/line_values.hpp"

namespace wandrill {

FaultInfo corrupt_fault() {
  return {.kind = FaultKind::kCorrupt,
          .keys = {{"direction"}, {"filter"}, {"corrupt", kRequired}, {"correlation"}},
          .resolve =
              [](const StepSpec& step, const FaultContext&, FaultAction& fault, Mistakes&) {
                if (step.corrupt) fault.value.corrupt = chance_of(*step.corrupt, step);
              },
          .text =
              [](const FaultAction& fault) {
                return "corrupt " + probability_text(fault.value.corrupt);
              },
          .story = "corrupted packets"};
}

}  // namespace wandrill
