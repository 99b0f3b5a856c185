// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "plan/faults/line_values.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

void resolve_brownout(const StepSpec& step, const FaultContext&, FaultAction& fault, Mistakes&) {
  auto& value = fault.value;
  value = {.loss = defaults::kBrownoutLoss,
           .delay = defaults::kBrownoutDelay,
           .jitter = defaults::kBrownoutJitter,
           .rate = defaults::kBrownoutRate};
  set_from(step.loss, value.loss);
  set_from(step.delay, value.delay);
  set_from(step.jitter, value.jitter);
  set_from(step.rate, value.rate);
  set_from(step.queue, value.queue);
}

std::string brownout_text(const FaultAction& fault) {
  const auto& value = fault.value;
  return "brownout: loss " + to_string(value.loss) + ", delay +" + to_string(value.delay) + " ± " +
         to_string(value.jitter) + ", rate " + to_string(value.rate);
}

}  // namespace

FaultInfo brownout_fault() {
  return {.kind = FaultKind::kBrownout,
          .keys = {{"direction"},
                   {"filter"},
                   {"loss"},
                   {"delay"},
                   {"jitter"},
                   {"rate"},
                   {"queue"},
                   {"over"}},
          .resolve = resolve_brownout,
          .text = brownout_text,
          .story = "was up and hardly usable",
          .takes_wan_away = loses_everything};
}

}  // namespace wandrill
