// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/service_mode.hpp"

namespace wandrill {
namespace {

void check_hijack(const StepSpec& step, Mistakes& mistakes) {
  for (std::size_t i = 1; i < step.addresses.size(); ++i)
    for (std::size_t before = 0; before < i; ++before)
      if (step.addresses[i].value.family() == step.addresses[before].value.family())
        mistakes.add(step.addresses[i].place, "a second {} address; one per IP version is possible",
                     to_string(step.addresses[i].value.family()));
}

void resolve_dns_fault(const StepSpec& step, const FaultContext& context, FaultAction& fault,
                       Mistakes& mistakes) {
  using enum ServiceMode;
  const ServiceFault what{ServiceKind::kDns, {kTimeout, kServfail, kSlow, kHijack}};
  const auto mode = resolve_service_mode(step, what, context.topology, fault, mistakes);
  if (mode == kHijack) check_hijack(step, mistakes);
  // Plans have had it in both places ever since.
  if (step.delay) fault.value.delay = step.delay->value;
}

}  // namespace

FaultInfo dns_fault() {
  return {.kind = FaultKind::kDns,
          .target = FaultTarget::kServer,
          .keys = {{"delay"}, {"mode", kRequired}, {"address"}},
          .resolve = resolve_dns_fault,
          .text = service_fault_text,
          .story = "had no use of a DNS server"};
}

}  // namespace wandrill
