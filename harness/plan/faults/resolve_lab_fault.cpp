// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/resolve_lab_fault.hpp"

#include <algorithm>

#include "base/names.hpp"
#include "plan/faults/resolve_service_fault.hpp"
#include "plan/placeholders.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

/// The router's program that kill, stop and restart act on.
std::string process_of(const StepSpec& step, const RouterPlan& router, Mistakes& mistakes) {
  const auto names = names_of(router.processes);
  if (names.empty()) {
    if (!router.name.empty())
      mistakes.add(step.fault->place,
                   "router '{}' has no programs: 'fault: {}' has nothing to act on", router.name,
                   step.fault->value);
    return "";
  }
  if (!step.process) return names.front();
  if (std::ranges::find(names, step.process->value) == names.end())
    mistakes.add(step.process->place, "router '{}' has no process '{}'{}", router.name,
                 step.process->value, name_hint(step.process->value, names));
  return step.process->value;
}

std::vector<std::string> filled(const std::vector<Placed<std::string>>& words,
                                const Placeholders& placeholders, Mistakes& mistakes) {
  std::vector<std::string> command;
  for (const auto& word : words)
    command.push_back(placeholders.fill(word, mistakes));
  if (!command.empty() && command.front().empty())
    mistakes.add(words.front().place, "the program of this command has no name");
  return command;
}

void check_mtu(const StepSpec& step, Mistakes& mistakes) {
  if (step.mtu &&
      (step.mtu->value < defaults::kSmallestMtu || step.mtu->value > defaults::kLargestMtu))
    mistakes.add(step.mtu->place,
                 "'mtu' must be from {}B (RFC 791) to {}B: the lab's links carry 1500B",
                 defaults::kSmallestMtu.value, defaults::kLargestMtu.value);
}

/// 'mode' has other words for other faults.
void check_arp_mode(const StepSpec& step, Mistakes& mistakes) {
  if (step.mode && !parse_word<ArpMode>(step.mode->value))
    mistakes.add(step.mode->place, "'mode' of 'fault: arp' is one of silent, new_mac, not '{}'",
                 step.mode->value);
}

/// Carrier NAT translates IPv4: a WAN without it has nothing to re-bind.
void check_nat(const StepSpec& step, const FaultAction& fault, const TopologyPlan& topology,
               Mistakes& mistakes) {
  const auto* wan = topology.wan(fault.wan);
  if (wan != nullptr && std::ranges::none_of(wan->router.addresses, [](const IpPrefix& prefix) {
        return prefix.address.family() == Family::kIpv4;
      }))
    mistakes.add(step.on->place,
                 "'{}' has no IPv4: a carrier's NAT translates only that, so there is nothing to "
                 "re-bind",
                 fault.wan);
  else if (wan != nullptr && upstream_ipv4(topology, wan->isp.node) == nullptr)
    mistakes.add(step.on->place,
                 "'{}' has no IPv4 address on a link: its NAT has none to translate to",
                 wan->isp.node);
}

}  // namespace

LabFaultValue resolve_lab_fault(const StepSpec& step, const FaultAction& fault,
                                const TimelineContext& context, Mistakes& mistakes) {
  LabFaultValue value = fault.lab;
  switch (fault.kind) {
    case FaultKind::kKill:
    case FaultKind::kStop:
    case FaultKind::kRestart:
      value.process = process_of(step, context.router, mistakes);
      break;
    case FaultKind::kExec: {
      const Placeholders placeholders{context.topology};
      value.run = filled(step.run, placeholders, mistakes);
      value.undo = filled(step.undo, placeholders, mistakes);
      break;
    }
    case FaultKind::kMtu:
      check_mtu(step, mistakes);
      if (step.mtu) value.mtu = step.mtu->value;
      if (step.too_big) value.too_big = step.too_big->value;
      break;
    case FaultKind::kArp:
      check_arp_mode(step, mistakes);
      if (step.mode) value.arp = parse_word<ArpMode>(step.mode->value).value_or(value.arp);
      break;
    case FaultKind::kDns:
    case FaultKind::kDhcp:
      return resolve_service_fault(step, fault, context.topology, mistakes);
    case FaultKind::kNatRebind:
      check_nat(step, fault, context.topology, mistakes);
      break;
    default:
      break;
  }
  return value;
}

}  // namespace wandrill
