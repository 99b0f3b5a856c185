// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/names.hpp"
#include "plan/plan.hpp"
#include "scenario/router_profile.hpp"
#include "scenario/scenario.hpp"
#include "scenario/topology.hpp"

// The parts of resolve(): each resolves one part of the Plan and adds its mistakes.
namespace wandrill {

TopologyPlan resolve_topology(const Topology& topology, Mistakes& mistakes);
TrafficPlan resolve_traffic(const Scenario& scenario, const TopologyPlan& topology,
                            Mistakes& mistakes);
/// What a session is resolved against.
struct SessionContext {
  const Scenario& scenario;
  const TopologyPlan& topology;
};

/// All of a session but its name, ports and flows; those of a group of calls are alike.
SessionPlan resolve_session(const SessionSpec& spec, TrafficKind kind,
                            const SessionContext& context, Mistakes& mistakes);
/// The host or server of that name, in the session's family; without a name if there is none.
EndpointPlan endpoint_of(const Placed<std::string>& name, const SessionSpec& spec,
                         const TopologyPlan& topology, Mistakes& mistakes);
Family family_of(const SessionSpec& spec);
/// The value of a key that is whole seconds, from 1s to `longest`; nothing: it was not written.
std::optional<Placed<Nanos>> whole_seconds(const SessionSpec& spec, const SessionKey<Nanos>& key,
                                           Nanos longest, Mistakes& mistakes);
RouterPlan resolve_router(const RouterProfile& profile, const TopologyPlan& topology,
                          Mistakes& mistakes);

/// The rest of the plan, which the timeline and the expectations refer to.
struct TimelineContext {
  const TopologyPlan& topology;
  const TrafficPlan& traffic;
  const RouterPlan& router;
  std::uint64_t seed = 0;
  EngineChoice engine = EngineChoice::kAuto;
};

struct ResolvedTimeline {
  TimelinePlan plan;
  std::map<std::string, Place> labels;
};

ResolvedTimeline resolve_timeline(const Scenario& scenario, const TimelineContext& context,
                                  Mistakes& mistakes);
std::vector<ExpectationPlan> resolve_expectations(const Scenario& scenario,
                                                  const TimelineContext& context,
                                                  const std::map<std::string, Place>& labels,
                                                  Mistakes& mistakes);

/// A condition with its names checked.
Condition resolve_condition(const ConditionSpec& spec, const TimelineContext& context,
                            Mistakes& mistakes);

AbortPlan resolve_abort(const AbortSpec& spec, const TimelineContext& context, Mistakes& mistakes);

/// "failover + 200ms", with its event checked against those that there are and `labels`.
AfterEvent resolve_after(const StepSpec& step, const std::map<std::string, Place>& labels,
                         Mistakes& mistakes);

/// The steps of a random schedule, drawn from `seed`: a fault, its restore, and so on. Every one
/// has a `wait`; what cannot be drawn is a mistake and leaves nothing.
std::vector<StepSpec> draw_random(const StepSpec& step, std::uint64_t seed, Mistakes& mistakes);

/// The names of sessions and of their groups.
std::vector<std::string> session_names(const TrafficPlan& traffic);

/// Says so if `pattern` is no regular expression (RE2).
void check_pattern(const Placed<std::string>& pattern, Mistakes& mistakes);

}  // namespace wandrill
