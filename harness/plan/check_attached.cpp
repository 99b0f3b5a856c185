// SPDX-License-Identifier: Apache-2.0
#include "plan/check_attached.hpp"

#include "plan/faults/fault_info.hpp"
#include "plan/kinds/traffic_plan.hpp"

namespace wandrill {

void forbid_what_changes_it(const Topology& laid_out, TopologyPlan& plan, Mistakes& mistakes) {
  const auto is_apart = [&](const std::string& node) {
    return !laid_out.built->node(node)->is_switch;
  };
  for (const auto& wan : laid_out.wans) {
    if (!is_apart(wan.router.node.value))
      mistakes.add(wan.name.place,
                   "'{}' lives in this machine's own network namespace: a drill can be attached to "
                   "routers with one of their own",
                   wan.router.node.value);
    if (!is_apart(wan.isp.node.value))
      mistakes.add(
          wan.name.place,
          "WAN '{}' leads to '{}' in this machine's own network namespace: link the router "
          "to a provider with one of its own",
          wan.name.value, wan.isp.node.value);
  }
  for (auto& node : plan.nodes)
    node.allowed_sources.clear();
}

void check_attached_fault(const StepSpec& step, const FaultAction& fault, Mistakes& mistakes) {
  const auto& place = step.fault->place;
  const auto what = fault.kind == FaultKind::kFlap ? fault.flap_of : fault.kind;
  if (target_of(fault.kind) != FaultTarget::kLink)
    mistakes.add(
        place,
        "'fault: {}' changes a node, and this network is not ours: with --attach, faults are "
        "those of links",
        step.fault->value);
  else if (info_of(what).takes_interface_down)
    mistakes.add(
        place,
        "'{}' takes an interface down, and this network's are not ours: with --attach, use "
        "'blackhole'",
        to_string(what));
}

void check_attached_session(const SessionSpec& spec, TrafficKind kind, Mistakes& mistakes) {
  const auto shape = traits_of(kind).shape;
  if (shape == FlowShape::kProgram || shape == FlowShape::kTunnel)
    mistakes.add(
        spec.kind.place,
        "a session of kind {} runs programs in nodes, and this network's are not ours: with "
        "--attach, sessions are those of wandrill itself",
        to_string(kind));
}

void check_attached_services(const TopologyPlan& plan, const Place& scenario, Mistakes& mistakes) {
  for (const auto& service : plan.services)
    if (service.kind != ServiceKind::kMonitor)
      mistakes.add(scenario,
                   "the service '{}' is a program on '{}', and this network's nodes are not ours: "
                   "with --attach there is no {}",
                   service.name, service.on, to_string(service.kind));
}

}  // namespace wandrill
