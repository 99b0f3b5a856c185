// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plan/resolve_parts.hpp"
#include "plan/timeline/timeline_plan.hpp"

namespace wandrill {

/// The fault of a step that has one, without id, label, duty and edges.
std::optional<FaultAction> resolve_fault(const StepSpec& step, const TimelineContext& context,
                                         Mistakes& mistakes);

/// What the kernel's netem cannot do, refused with what can be done instead.
void check_netem(const StepSpec& step, Mistakes& mistakes);
/// Whether a fault of the timeline is one that only the wire engine plays.
bool needs_wire(const TimelinePlan& timeline);

/// Every edge of a flapping link. Each but the first comes up to `jitter` later, from the seed.
std::vector<FlapEdge> flap_edges(const StepSpec& step, const std::string& id, std::uint64_t seed);

/// Nothing crosses the WAN while this is in force.
bool is_deadly(const FaultAction& fault);

/// The router must not leave a WAN for this: the WAN itself is as good as before.
bool leaves_wan_good(const FaultAction& fault);

}  // namespace wandrill
