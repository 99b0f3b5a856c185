// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/timeline/timeline_plan.hpp"

namespace wandrill {

/// "break wan_a: carrier, both directions (cut; failover required)"; empty for no action.
std::string action_text(const decltype(StepPlan::action)& action);

/// "all traffic leaves by wan_b"
std::string condition_text(const Condition& condition);

/// "failover + 200ms"
std::string event_text(const AfterEvent& after);

/// "call.up receives nothing for 5s"
std::string abort_text(const AbortPlan& abort);

}  // namespace wandrill
