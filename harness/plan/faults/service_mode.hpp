// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "plan/faults/fault_info.hpp"

// What faults of server programs (dns, dhcp) have in common.
namespace wandrill {

struct ServiceFault {
  ServiceKind service;
  std::vector<ServiceMode> modes;  ///< Those that 'mode' may name.
};

/// How the server misbehaves, set in `fault` with the keys that go with it. Says what is missing,
/// out of range, or not there to be broken; nothing for a mode that is none of these.
std::optional<ServiceMode> resolve_service_mode(const StepSpec& step, const ServiceFault& what,
                                                const TopologyPlan& topology, FaultAction& fault,
                                                Mistakes& mistakes);

/// "dns hijack 203.0.113.66", "dns slow 300ms", "dhcp nak"
std::string service_fault_text(const FaultAction& fault);

}  // namespace wandrill
