// SPDX-License-Identifier: Apache-2.0
#include "run/attach_monitors.hpp"

#include <algorithm>
#include <set>

namespace wandrill {
namespace {

/// On every cable of the hosts that the session's programs run on.
void open_host_taps(const RunContext& context, LiveLab& lab, Traffic& traffic,
                    std::size_t session) {
  const auto& plan = context.plan.traffic.sessions[session];
  for (const auto& [a, b] : context.plan.topology.cables)
    for (const auto* port : {&a, &b}) {
      const bool is_client = port->node == plan.client.node;
      if (is_client || port->node == plan.server.node)
        traffic.add_host_tap(session, is_client, lab.network().node(port->node).ns,
                             port->interface);
    }
}

void open_monitors(const RunContext& context, LiveLab& lab, Traffic& traffic) {
  for (const auto& service : context.plan.topology.services) {
    if (service.kind != ServiceKind::kMonitor) continue;
    const auto host =
        std::ranges::find(context.plan.topology.servers, service.on, &ServerPlan::name);
    for (const auto& address : host->addresses)
      traffic.add_monitor(host->name, lab.network().node(host->node).ns, address);
  }
}

std::vector<std::string> barred_from(const WanPlan& wan, const TopologyPlan& topology) {
  std::vector<std::string> hosts;
  for (const auto& node : topology.nodes)
    if (!topology.is_for(wan, node.name)) hosts.push_back(node.name);
  return hosts;
}

}  // namespace

void attach_monitors(const RunContext& context, LiveLab& lab, Traffic& traffic) {
  for (std::size_t i = 0; i < lab.wans().size(); ++i)
    traffic.add_tap({.number = static_cast<std::uint8_t>(i),
                     .name = lab.wans()[i].plan->name,
                     .networks = lab.wans()[i].plan->router.addresses,
                     .barred = barred_from(*lab.wans()[i].plan, context.plan.topology)},
                    lab.wans()[i].slot->node.ns, Slot::kRouterSide, context.capture);
  for (std::size_t i = 0; i < context.plan.traffic.sessions.size(); ++i)
    if (context.plan.traffic.sessions[i].of<ExecPlan>()) open_host_taps(context, lab, traffic, i);
  // A Mininet host may have another name, as a server.
  std::set<std::pair<std::string, IpAddress>> echoing;
  for (const auto& server : context.plan.topology.servers)
    for (const auto& address : server.addresses)
      if (echoing.insert({server.node, address}).second)
        traffic.add_echo(lab.network().node(server.node).ns, address);
  open_monitors(context, lab, traffic);
}

}  // namespace wandrill
