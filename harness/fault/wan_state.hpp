// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>

#include "link/effect.hpp"
#include "link/impaired_link.hpp"
#include "plan/faults/fault_plan.hpp"
#include "plan/topology/topology_plan.hpp"

namespace wandrill {

/// A fault in force; a flapping one counts while it is down.
struct FaultInForce {
  const FaultAction* fault = nullptr;
  bool flapped_down = false;
  double share = 1.0;  ///< How much of its value is in force: less than 1 while it grows.
};

/// The link's steady state with every fault in force laid over it. Losses add up as independent
/// chances, delays and jitters add, of rates the lowest holds. A fault with a filter is laid over
/// the stage of that filter, which is clean without faults.
///
/// carrier both: neither port has link. carrier down: the router's port alone loses link (its
/// receiver is dark); carrier up: the ISP's port alone. far_end: the line is dead beyond the modem,
/// so the ISP's port loses link and the router's keeps it; in one direction only, frames vanish and
/// no port notices.
LinkState state_under_faults(const WanPlan& wan, std::span<const FaultInForce> faults);

/// Turns a link that is as in `from` into one that is as in `to`.
void drive_link(ImpairedLink& link, const LinkState& from, const LinkState& to);

/// What the engine has otherwise than it was told: "up: delay is 10ms, not 20ms"; "" if nothing.
std::string what_was_not_taken(ImpairedLink& link, const LinkState& wanted);

}  // namespace wandrill
