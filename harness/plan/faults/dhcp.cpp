// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "plan/faults/service_mode.hpp"

namespace wandrill {
namespace {

/// The new address must be one that the ISP has to give, and not the one that the router has.
void check_new_address(const StepSpec& step, const WanPlan& wan, Mistakes& mistakes) {
  if (step.addresses.size() > 1)
    return mistakes.add(step.addresses[1].place, "'mode: new_address' takes one address");
  const auto& [address, place] = step.addresses.front();
  if (address.family() != Family::kIpv4)
    return mistakes.add(place,
                        "dhcp gives IPv4 addresses only; the IPv6 address of a WAN is fixed");
  const auto is_it = [&wanted = address](const IpPrefix& prefix) {
    return prefix.address == wanted;
  };
  const auto holds = [&wanted = address](const IpPrefix& prefix) {
    return prefix.contains(wanted);
  };
  if (std::ranges::none_of(wan.isp.addresses, holds))
    mistakes.add(place, "{} is not in the network of '{}'", to_string(address), wan.name);
  else if (std::ranges::any_of(wan.isp.addresses, is_it) ||
           std::ranges::any_of(wan.router.addresses, is_it))
    mistakes.add(place, "{} is taken: '{}' has it already", to_string(address), wan.name);
}

void resolve_dhcp_fault(const StepSpec& step, const FaultContext& context, FaultAction& fault,
                        Mistakes& mistakes) {
  using enum ServiceMode;
  const ServiceFault what{ServiceKind::kDhcp, {kNak, kExpiry, kNewAddress}};
  const auto mode = resolve_service_mode(step, what, context.topology, fault, mistakes);
  if (mode == kNewAddress && !step.addresses.empty())
    check_new_address(step, *context.topology.wan(fault.wan), mistakes);
}

}  // namespace

FaultInfo dhcp_fault() {
  return {.kind = FaultKind::kDhcp,
          .target = FaultTarget::kIsp,
          .keys = {{"mode", kRequired}, {"address"}},
          .resolve = resolve_dhcp_fault,
          .text = service_fault_text,
          .story = "had trouble with its address"};
}

}  // namespace wandrill
