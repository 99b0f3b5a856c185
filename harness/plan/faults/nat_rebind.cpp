// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "plan/faults/fault_info.hpp"

namespace wandrill {
namespace {

/// Carrier NAT translates IPv4: a WAN without it has nothing to re-bind.
void check_nat(const StepSpec& step, const FaultContext& context, FaultAction& fault,
               Mistakes& mistakes) {
  const auto* wan = context.topology.wan(fault.wan);
  if (wan != nullptr && std::ranges::none_of(wan->router.addresses, [](const IpPrefix& prefix) {
        return prefix.address.family() == Family::kIpv4;
      }))
    mistakes.add(step.on->place,
                 "'{}' has no IPv4: a carrier's NAT translates only that, so there is nothing to "
                 "re-bind",
                 fault.wan);
  else if (wan != nullptr && upstream_ipv4(context.topology, wan->isp.node) == nullptr)
    mistakes.add(step.on->place,
                 "'{}' has no IPv4 address on a link: its NAT has none to translate to",
                 wan->isp.node);
}

}  // namespace

FaultInfo nat_rebind_fault() {
  return {.kind = FaultKind::kNatRebind,
          .target = FaultTarget::kIsp,
          .resolve = check_nat,
          .story = "had its carrier's NAT re-bound",
          .leaves_wan_good = true};
}

}  // namespace wandrill
