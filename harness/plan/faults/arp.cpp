// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/advice.hpp"
#include "plan/faults/fault_info.hpp"
#include "plan/words.hpp"

namespace wandrill {
namespace {

/// 'mode' has other words for other faults.
void resolve_arp(const StepSpec& step, const FaultContext&, FaultAction& fault,
                 Mistakes& mistakes) {
  if (!step.mode) return;
  const auto mode = parse_word<ArpMode>(step.mode->value);
  if (!mode)
    mistakes.add(step.mode->place, "'mode' of 'fault: arp' is one of silent, new_mac, not '{}'",
                 step.mode->value);
  fault.lab.arp = mode.value_or(fault.lab.arp);
}

}  // namespace

FaultInfo arp_fault() {
  return {
      .kind = FaultKind::kArp,
      .target = FaultTarget::kIsp,
      .keys = {{"mode"}},
      .resolve = resolve_arp,
      .text =
          [](const FaultAction& fault) { return fmt::format("arp {}", word_of(fault.lab.arp)); },
      .story = "had a gateway that could not be found",
      .advice = kAskBeyondTheGateway,
      // Who knows a silent gateway still reaches it.
      .takes_wan_away = [](const FaultAction& fault) { return fault.lab.arp == ArpMode::kNewMac; }};
}

}  // namespace wandrill
