// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/kinds/traffic_plan.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/session_spec.hpp"

namespace wandrill {

/// Fills in what only a session of other people's programs has.
void resolve_exec(const SessionSpec& spec, const TopologyPlan& topology, SessionPlan& session,
                  Mistakes& mistakes);

}  // namespace wandrill
