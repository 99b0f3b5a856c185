// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

void resolve_mtu(const StepSpec& step, const FaultContext&, FaultAction& fault,
                 Mistakes& mistakes) {
  if (step.mtu &&
      (step.mtu->value < defaults::kSmallestMtu || step.mtu->value > defaults::kLargestMtu))
    mistakes.add(step.mtu->place,
                 "'mtu' must be from {}B (RFC 791) to {}B: the lab's links carry 1500B",
                 defaults::kSmallestMtu.value, defaults::kLargestMtu.value);
  if (step.mtu) fault.lab.mtu = step.mtu->value;
  if (step.too_big) fault.lab.too_big = step.too_big->value;
}

}  // namespace

FaultInfo mtu_fault() {
  return {.kind = FaultKind::kMtu,
          .target = FaultTarget::kIsp,
          .keys = {{"direction"}, {"mtu", kRequired}, {"too_big"}},
          .resolve = resolve_mtu,
          .text =
              [](const FaultAction& fault) {
                return fmt::format("mtu {}B{}", fault.lab.mtu.value,
                                   fault.lab.too_big ? "" : ", nobody is told");
              },
          .story = "carried only small packets",
          .advice =
              "Clamp the MSS of TCP to the path and let ICMP \"too big\" through; or let the "
              "health check send packets as large as the traffic's."};
}

}  // namespace wandrill
