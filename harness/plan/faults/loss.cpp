// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "plan/faults/line_values.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

void resolve_loss(const StepSpec& step, const FaultContext&, FaultAction& fault, Mistakes&) {
  auto& value = fault.value;
  set_from(step.loss, value.loss);
  if (step.loss) set_from(step.correlation, value.loss_correlation);
  if (!step.burst) return;
  value.bursts = {.loss_in_burst = defaults::kLossInBurst, .loss_between = defaults::kLossBetween};
  set_from(step.burst->enter, value.bursts.enter);
  set_from(step.burst->leave, value.bursts.leave);
  set_from(step.burst->loss_in_burst, value.bursts.loss_in_burst);
  set_from(step.burst->loss_between, value.bursts.loss_between);
}

std::string loss_text(const FaultAction& fault) {
  const auto& bursts = fault.value.bursts;
  if (!bursts.on())
    return "loss " + probability_text({fault.value.loss, fault.value.loss_correlation});
  return fmt::format("loss in bursts (enter {}, leave {}, {} lost within, {} between)",
                     to_string(bursts.enter), to_string(bursts.leave),
                     to_string(bursts.loss_in_burst), to_string(bursts.loss_between));
}

}  // namespace

FaultInfo loss_fault() {
  return {.kind = FaultKind::kLoss,
          .keys = {{"direction"}, {"filter"}, {"loss"}, {"burst"}, {"correlation"}, {"over"}},
          .check =
              [](const StepSpec& step, Mistakes& mistakes) {
                if (!step.loss && !step.burst)
                  mistakes.add(step.place, "'fault: loss' needs 'loss' or 'burst'");
              },
          .resolve = resolve_loss,
          .text = loss_text,
          .story = "lost packets",
          .takes_wan_away = loses_everything};
}

}  // namespace wandrill
