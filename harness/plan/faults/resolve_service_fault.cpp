// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/resolve_service_fault.hpp"

#include <algorithm>

#include <fmt/ranges.h>

#include "base/names.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

using enum ServiceMode;

std::vector<std::string> modes_of(FaultKind kind) {
  const auto modes = kind == FaultKind::kDns ? std::vector{kTimeout, kServfail, kSlow, kHijack}
                                             : std::vector{kNak, kExpiry, kNewAddress};
  std::vector<std::string> words;
  for (const auto mode : modes)
    words.emplace_back(to_string(mode));
  return words;
}

/// The mode that the step names, if it is one of this fault's.
std::optional<ServiceMode> mode_of(const StepSpec& step, FaultKind kind, Mistakes& mistakes) {
  const auto words = modes_of(kind);
  if (!step.mode) return std::nullopt;  // That is told of already.
  if (std::ranges::find(words, step.mode->value) != words.end())
    return parse_word<ServiceMode>(step.mode->value);
  mistakes.add(step.mode->place, "'mode' of 'fault: {}' is one of {}, not '{}'{}", to_string(kind),
               fmt::join(words, ", "), step.mode->value, name_hint(step.mode->value, words));
  return std::nullopt;
}

/// A fault needs a server program to act on.
void check_service(const StepSpec& step, ServiceKind kind, const TopologyPlan& topology,
                   Mistakes& mistakes) {
  if (topology.service(kind, step.on->value) != nullptr) return;
  std::vector<std::string> others;
  for (const auto& service : topology.services)
    if (service.kind == kind) others.push_back(service.on);
  mistakes.add(step.on->place, "'{}' has no service of kind {} in this topology; {}",
               step.on->value, to_string(kind),
               others.empty() ? "nothing has" : fmt::format("{} has", fmt::join(others, ", ")));
}

/// 'delay' belongs to slow and 'address' to hijack and new_address, where they are needed.
void check_keys(const StepSpec& step, ServiceMode mode, Mistakes& mistakes) {
  const bool is_slow = mode == kSlow;
  const bool has_address = mode == kHijack || mode == kNewAddress;
  if (step.delay && !is_slow) mistakes.add(step.delay->place, "'delay' belongs to 'mode: slow'");
  if (!step.delay && is_slow) mistakes.add(step.place, "'mode: slow' needs 'delay'");
  if (step.delay && is_slow &&
      (step.delay->value < defaults::kShortestDnsDelay ||
       step.delay->value > defaults::kLongestDnsDelay))
    mistakes.add(step.delay->place, "'delay' of a slow DNS server must be from {} to {}",
                 to_string(defaults::kShortestDnsDelay), to_string(defaults::kLongestDnsDelay));
  if (!step.addresses.empty() && !has_address)
    mistakes.add(step.addresses.front().place,
                 "'address' belongs to 'mode: hijack' and 'mode: new_address'");
  if (step.addresses.empty() && has_address)
    mistakes.add(step.place, "'mode: {}' needs 'address'", to_string(mode));
}

void check_hijack(const StepSpec& step, Mistakes& mistakes) {
  for (std::size_t i = 1; i < step.addresses.size(); ++i)
    for (std::size_t before = 0; before < i; ++before)
      if (step.addresses[i].value.family() == step.addresses[before].value.family())
        mistakes.add(step.addresses[i].place, "a second {} address; one per IP version is possible",
                     to_string(step.addresses[i].value.family()));
}

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

}  // namespace

LabFaultValue resolve_service_fault(const StepSpec& step, const FaultAction& fault,
                                    const TopologyPlan& topology, Mistakes& mistakes) {
  LabFaultValue value = fault.lab;
  const bool is_dns = fault.kind == FaultKind::kDns;
  check_service(step, is_dns ? ServiceKind::kDns : ServiceKind::kDhcp, topology, mistakes);
  const auto mode = mode_of(step, fault.kind, mistakes);
  if (!mode) return value;
  check_keys(step, *mode, mistakes);
  if (*mode == kHijack) check_hijack(step, mistakes);
  if (*mode == kNewAddress && !step.addresses.empty())
    check_new_address(step, *topology.wan(fault.wan), mistakes);
  value.mode = *mode;
  if (step.delay) value.delay = step.delay->value;
  for (const auto& address : step.addresses)
    value.addresses.push_back(address.value);
  return value;
}

}  // namespace wandrill
