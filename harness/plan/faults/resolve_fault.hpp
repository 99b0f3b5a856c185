// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "plan/faults/fault_info.hpp"

namespace wandrill {

/// The fault of a step that has one, without id, label, duty and edges.
std::optional<FaultAction> resolve_fault(const StepSpec& step, const FaultContext& context,
                                         Mistakes& mistakes);

/// What the kernel's netem cannot do, refused with what can be done instead.
void check_netem(const StepSpec& step, Mistakes& mistakes);

}  // namespace wandrill
