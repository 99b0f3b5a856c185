// SPDX-License-Identifier: Apache-2.0
#include "plan/resolve.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "plan/check_attached.hpp"
#include "plan/kinds/pairs.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/timeline/link_needs.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

std::uint64_t seed_of_trial(std::uint64_t seed, int trial) {
  return trial == 1 ? seed : derive_seed(seed, {"trial", std::to_string(trial)});
}

int trials_of(const Scenario& scenario, const ResolveOptions& options, Mistakes& mistakes) {
  if (options.trials) return *options.trials;
  if (!scenario.trials) return 1;
  const auto& [trials, place] = *scenario.trials;
  if (trials >= 1 && trials <= defaults::kMostTrials) return static_cast<int>(trials);
  mistakes.add(place, "'trials' must be from 1 to {}", defaults::kMostTrials);
  return 1;
}

template <typename T>
T value_or(const std::optional<Placed<T>>& value, T fallback) {
  return value ? value->value : fallback;
}

/// The run's folder and the reports carry the name.
void check_name(const Placed<std::string>& name, Mistakes& mistakes) {
  if (name.value.size() > defaults::kLongestName || name.value.find('/') != std::string::npos)
    mistakes.add(name.place, "a scenario's name has at most {} characters and no '/'",
                 defaults::kLongestName);
}

bool has_dns_fault(const TimelinePlan& timeline, const std::string& server) {
  return std::ranges::any_of(timeline.steps, [&](const StepPlan& step) {
    const auto* fault = std::get_if<FaultAction>(&step.action);
    return fault != nullptr && fault->kind == FaultKind::kDns && fault->lab.server == server;
  });
}

/// A DNS server that nothing in the scenario is about is not started: most drills need none, and
/// so not its program either.
void drop_idle_services(Plan& plan) {
  // Names are asked for: the router's forwarder may ask any of them.
  if (std::ranges::any_of(plan.traffic.sessions,
                          [](const SessionPlan& one) { return one.of<DnsQueryPlan>() != nullptr; }))
    return;
  std::erase_if(plan.topology.services, [&](const ServicePlan& service) {
    return service.kind == ServiceKind::kDns && !has_dns_fault(plan.timeline, service.on);
  });
}

/// A stranger on an ISP's side can send to any address of the router's; the lab's ISPs do so for
/// the packets that policy must stop, or nothing would ever reach the router.
void add_inbound_routes(Plan& plan) {
  for (const auto& session : plan.traffic.sessions) {
    if (session.traits().shape != FlowShape::kPolicyProbes) continue;
    const auto wan = std::ranges::find_if(plan.topology.wans, [&](const WanPlan& one) {
      return one.isp.node == session.client.node;
    });
    if (wan == plan.topology.wans.end()) continue;
    const auto& target = session.server.address;
    const auto node = std::ranges::find(plan.topology.nodes, wan->isp.node, &NodePlan::name);
    const auto via = std::ranges::find_if(wan->router.addresses, [&](const IpPrefix& own) {
      return own.address.family() == target.family();
    });
    if (via == wan->router.addresses.end()) continue;
    const IpPrefix host{target, static_cast<std::uint8_t>(target.size() * 8)};
    if (std::ranges::find(node->routes, host, &StaticRoute::destination) == node->routes.end())
      node->routes.push_back({host, via->address});
  }
}

/// A matrix compares WANs, which takes a router that leaves one.
void check_matrices(const Scenario& scenario, const TimelinePlan& timeline, Mistakes& mistakes) {
  const bool may_switch = std::ranges::any_of(timeline.steps, [](const StepPlan& step) {
    const auto* fault = std::get_if<FaultAction>(&step.action);
    return std::holds_alternative<CommandAction>(step.action) ||
           (fault != nullptr && fault->duty != FailoverDuty::kForbidden);
  });
  if (!may_switch)
    refuse_matrices(scenario, "nothing in this timeline makes the router leave one: break a WAN",
                    mistakes);
}

/// What is irregular in a session has a seed of its own.
void seed_sessions(Plan& plan) {
  for (auto& session : plan.traffic.sessions)
    if (const auto seed = session.traits().seed) seed(session, plan.seed);
}

}  // namespace

Plan resolve(const Scenario& scenario, const Topology& topology, const RouterProfile& router,
             const ResolveOptions& options) {
  Mistakes mistakes;
  check_name(scenario.name, mistakes);
  Plan plan;
  plan.scenario = scenario.name.value;
  plan.description = scenario.description;
  plan.file = scenario.place.file;
  plan.trials = trials_of(scenario, options, mistakes);
  plan.trial = options.trial;
  plan.seed =
      seed_of_trial(options.seed.value_or(value_or(scenario.seed, defaults::kSeed)), plan.trial);
  plan.engine = options.engine.value_or(
      parse_word<EngineChoice>(scenario.engine ? scenario.engine->value : "auto")
          .value_or(EngineChoice::kAuto));
  plan.optional = scenario.optional;
  plan.steered = scenario.is_steered;
  plan.capture = options.capture;
  plan.sustained_for = value_or(scenario.sustained_for, defaults::kSustainedFor);
  plan.topology = resolve_topology(topology, mistakes);
  // Everything else refers to the topology: held against a wrong one, it would look wrong too.
  mistakes.throw_if_any();
  plan.traffic = resolve_traffic(scenario, plan.topology, mistakes);
  seed_sessions(plan);
  add_inbound_routes(plan);
  plan.router = resolve_router(router, plan.topology, mistakes);
  const TimelineContext context{plan.topology, plan.traffic, plan.router, plan.seed, plan.engine};
  auto [timeline, labels] = resolve_timeline(scenario, context, mistakes);
  plan.timeline = std::move(timeline);
  check_matrices(scenario, plan.timeline, mistakes);
  check_filters(plan.timeline, plan.topology, scenario.place, mistakes);
  for (auto& wan : plan.topology.wans)
    wan.filters = filters_on(plan.timeline, wan.name);
  if (plan.engine == EngineChoice::kAuto && needs_wire(plan.timeline))
    plan.engine = EngineChoice::kWire;
  plan.expectations = resolve_expectations(scenario, context, labels, mistakes);
  drop_idle_services(plan);
  if (plan.topology.is_attached()) check_attached_services(plan.topology, scenario.place, mistakes);
  mistakes.throw_if_any();
  return plan;
}

Plan resolve(const LoadedScenario& loaded, const ResolveOptions& options) {
  return resolve(loaded.scenario, loaded.topology, loaded.router, options);
}

}  // namespace wandrill
