// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/kinds/traffic_plan.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/session_spec.hpp"

namespace wandrill {

/// What a series of DNS queries asks for. Whom it asks must be a DNS server: one of the topology's
/// services, or the router, whose own affair that is.
void resolve_dns(const SessionSpec& spec, const TopologyPlan& topology, SessionPlan& session,
                 Mistakes& mistakes);

}  // namespace wandrill
