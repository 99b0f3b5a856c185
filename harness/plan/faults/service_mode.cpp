// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/service_mode.hpp"

#include <algorithm>

#include <fmt/ranges.h>

#include "base/names.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

using enum ServiceMode;

/// The mode that the step names, if it is one of this fault's.
std::optional<ServiceMode> mode_of(const StepSpec& step, const ServiceFault& what,
                                   Mistakes& mistakes) {
  if (!step.mode) return std::nullopt;  // That is told of already.
  std::vector<std::string> words;
  for (const auto mode : what.modes)
    words.emplace_back(to_string(mode));
  if (std::ranges::find(words, step.mode->value) != words.end())
    return parse_word<ServiceMode>(step.mode->value);
  mistakes.add(step.mode->place, "'mode' of 'fault: {}' is one of {}, not '{}'{}",
               step.fault->value, fmt::join(words, ", "), step.mode->value,
               name_hint(step.mode->value, words));
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

}  // namespace

std::optional<ServiceMode> resolve_service_mode(const StepSpec& step, const ServiceFault& what,
                                                const TopologyPlan& topology, FaultAction& fault,
                                                Mistakes& mistakes) {
  check_service(step, what.service, topology, mistakes);
  const auto mode = mode_of(step, what, mistakes);
  if (!mode) return std::nullopt;
  check_keys(step, *mode, mistakes);
  fault.lab.mode = *mode;
  if (step.delay) fault.lab.delay = step.delay->value;
  for (const auto& address : step.addresses)
    fault.lab.addresses.push_back(address.value);
  return mode;
}

std::string service_fault_text(const FaultAction& fault) {
  auto text = fmt::format("{} {}", to_string(fault.kind), to_string(fault.lab.mode));
  if (fault.lab.mode == kSlow) text += " " + to_string(fault.lab.delay);
  for (const auto& address : fault.lab.addresses)
    text += " " + to_string(address);
  return text;
}

}  // namespace wandrill
