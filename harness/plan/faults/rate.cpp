// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "plan/faults/line_values.hpp"

namespace wandrill {

FaultInfo rate_fault() {
  return {.kind = FaultKind::kRate,
          .keys = {{"direction"}, {"filter"}, {"rate", kRequired}, {"queue"}, {"over"}},
          .resolve =
              [](const StepSpec& step, const FaultContext&, FaultAction& fault, Mistakes&) {
                set_from(step.rate, fault.value.rate);
                set_from(step.queue, fault.value.queue);
              },
          .text =
              [](const FaultAction& fault) {
                const auto& [rate, queue] = std::pair{fault.value.rate, fault.value.queue};
                return "rate " + to_string(rate) +
                       (queue.value == 0 ? "" : ", queue " + to_string(queue));
              },
          .story = "was throttled"};
}

}  // namespace wandrill
