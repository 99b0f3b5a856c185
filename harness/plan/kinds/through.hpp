// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>

#include "plan/kinds/traffic_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// Puts a session with `through` into its tunnel: its addresses become those within.
void resolve_through(const SessionSpec& spec, const Scenario& scenario, SessionPlan& session,
                     Mistakes& mistakes);

/// A tunnel's place among the scenario's tunnels, from 0.
std::size_t tunnel_number(const Scenario& scenario, const std::string& name);

/// The addresses within the tunnel of that number.
TunnelPlan addresses_within(std::size_t number);

}  // namespace wandrill
