// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/kinds/traffic_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/session_spec.hpp"

namespace wandrill {

/// Fills in what only a call has; its payload follows from the codec unless it was given.
void resolve_call(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes);

}  // namespace wandrill
