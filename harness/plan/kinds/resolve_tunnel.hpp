// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/kinds/traffic_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// Fills in what only a tunnel has. `number`: its place among the scenario's tunnels, from 0.
void resolve_tunnel(const SessionSpec& spec, std::size_t number, SessionPlan& session,
                    Mistakes& mistakes);

/// Puts a session with `through` into its tunnel: its addresses become those within.
void resolve_through(const SessionSpec& spec, const Scenario& scenario, SessionPlan& session,
                     Mistakes& mistakes);

/// A tunnel's place among the scenario's tunnels, from 0.
std::size_t tunnel_number(const Scenario& scenario, const std::string& name);

}  // namespace wandrill
