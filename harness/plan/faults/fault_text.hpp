// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/faults/fault_plan.hpp"

namespace wandrill {

/// What the fault acts on, for people: "wan_a", "dns", "the router".
std::string fault_place(const FaultAction& fault);

/// "carrier", "loss 5% up only": for people and for the Recording.
std::string fault_text(const FaultAction& fault);

/// "loss 5%": what it does, without where and to which packets.
std::string fault_kind_text(const FaultAction& fault);
/// "up only", "both directions"
std::string direction_text(FaultDirection direction);
/// ", only udp port 5060"; empty for one that meets every packet.
std::string fault_filter_text(const FaultAction& fault);

}  // namespace wandrill
