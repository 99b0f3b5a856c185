// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/kinds/traffic_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/session_spec.hpp"

namespace wandrill {

/// What a tcp session is used like, by its profile.
void resolve_tcp(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes);

}  // namespace wandrill
