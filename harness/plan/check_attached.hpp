// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/faults/fault_plan.hpp"
#include "plan/kinds/session_kinds.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/scenario.hpp"
#include "scenario/topology.hpp"

// What a drill does not do in a network that is the user's: what would change a node of it, or run
// a program there, which the kernel would not take back if the drill were killed.
namespace wandrill {

/// Says which WANs cannot have a slot, and takes out of the plan what labs add to providers.
void forbid_what_changes_it(const Topology& laid_out, TopologyPlan& plan, Mistakes& mistakes);

/// Says so of a fault that acts on anything but what the slot lets through.
void check_attached_fault(const StepSpec& step, const FaultAction& fault, Mistakes& mistakes);

/// Says so of a session that is a program.
void check_attached_session(const SessionSpec& spec, TrafficKind kind, Mistakes& mistakes);

/// Says so of a service that is a program, of those that the scenario has a use for.
void check_attached_services(const TopologyPlan& plan, const Place& scenario, Mistakes& mistakes);

}  // namespace wandrill
