// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/resolve_parts.hpp"

namespace wandrill {

/// What a fault of an ISP, a server or the router does; `fault` has its kind and target already.
LabFaultValue resolve_lab_fault(const StepSpec& step, const FaultAction& fault,
                                const TimelineContext& context, Mistakes& mistakes);

}  // namespace wandrill
