// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "plan/faults/line_values.hpp"

namespace wandrill {

FaultInfo jitter_fault() {
  return {.kind = FaultKind::kJitter,
          .keys = {{"direction"}, {"filter"}, {"jitter", kRequired}, {"correlation"}, {"over"}},
          .check =
              [](const StepSpec& step, Mistakes& mistakes) {
                if (step.jitter && step.jitter->value == Nanos{0})
                  mistakes.add(step.jitter->place, "'jitter' must be more than 0");
              },
          .resolve =
              [](const StepSpec& step, const FaultContext&, FaultAction& fault, Mistakes&) {
                set_from(step.jitter, fault.value.jitter);
                if (step.jitter) set_from(step.correlation, fault.value.jitter_correlation);
              },
          .text =
              [](const FaultAction& fault) {
                return "jitter ± " + to_string(fault.value.jitter) +
                       correlation_text(fault.value.jitter_correlation);
              },
          .check_netem =
              [](const StepSpec& step, Mistakes& mistakes) {
                if (step.correlation && step.correlation->value > Percent{0})
                  mistakes.add(step.correlation->place,
                               "netem forgets the correlation of a jitter: use 'engine: wire', or "
                               "leave 'correlation' out");
              },
          .story = "became jittery"};
}

}  // namespace wandrill
