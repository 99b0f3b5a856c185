// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/kinds/traffic_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/session_spec.hpp"

namespace wandrill {

/// Fills in what only a phone has.
void resolve_sip(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes);

}  // namespace wandrill
