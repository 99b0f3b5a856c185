// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "plan/check_attached.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/topology/check_queue.hpp"
#include "plan/topology/check_segments.hpp"
#include "plan/topology/check_services.hpp"
#include "plan/topology/check_topology.hpp"
#include "plan/topology/resolve_capacity.hpp"
#include "plan/topology/resolve_mininet.hpp"
#include "plan/topology/resolve_segments.hpp"
#include "plan/topology/wan_presets.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

/// What `spec` does not name is as in `typical`.
Impairment line_of(const LineSpec& spec, const Impairment& typical, Mistakes& mistakes) {
  if (spec.rate && spec.rate->value.value == 0)
    mistakes.add(spec.rate->place, "a rate of 0 lets nothing through; use a blackhole fault");
  if (spec.loss && spec.loss->value > Percent{100})
    mistakes.add(spec.loss->place, "'loss' is at most 100%");
  Impairment line = typical;
  if (spec.rate) line.rate = spec.rate->value;
  if (spec.delay) line.delay = spec.delay->value;
  if (spec.jitter) line.jitter = spec.jitter->value;
  if (spec.loss) line.loss = spec.loss->value;
  if (spec.queue) line.queue = spec.queue->value;
  if (spec.queue) check_queue(*spec.queue, line.rate, line.delay, "", mistakes);
  return line;
}

PortPlan port_of(const LinkEndSpec& end, const std::string& interface) {
  PortPlan port{.node = end.node.value, .interface = interface};
  for (const auto& address : end.addresses)
    port.addresses.push_back(address.value);
  return port;
}

/// A WAN's interfaces have its name, but for those that Mininet has named.
const std::string& interface_of(const LinkEndSpec& end, const WanSpec& wan) {
  return end.interface ? end.interface->value : wan.name.value;
}

IpPrefix everything(Family family) {
  const std::array<std::uint8_t, 16> zero{};
  return {IpAddress{family, zero.data()}, 0};
}

IpPrefix single(const IpAddress& address) {
  return {address, static_cast<std::uint8_t>(address.size() * 8)};
}

NodePlan* find_node(TopologyPlan& plan, const std::string& name) {
  const auto found = std::ranges::find(plan.nodes, name, &NodePlan::name);
  return found == plan.nodes.end() ? nullptr : &*found;
}

void add_nodes(const Topology& topology, TopologyPlan& plan) {
  for (const auto& spec : topology.nodes) {
    const auto kind = parse_word<NodeKind>(spec.kind.value);
    if (!kind) continue;
    NodePlan node{.name = spec.name.value, .kind = *kind};
    node.forwarding = *kind == NodeKind::kIsp || *kind == NodeKind::kInternet;
    for (const auto& route : spec.routes)
      node.routes.push_back({network_of(route.to->value), route.via->value});
    plan.nodes.push_back(std::move(node));
  }
}

void add_cables(const Topology& topology, TopologyPlan& plan) {
  for (const auto& link : topology.links) {
    for (const auto* end : {&link.a, &link.b})
      if (auto* node = find_node(plan, end->node.value))
        for (const auto& gateway : end->gateways)
          node->routes.push_back({everything(gateway.value.family()), gateway.value});
    plan.cables.push_back({port_of(link.a, link.a.interface ? link.a.interface->value : ""),
                           port_of(link.b, link.b.interface ? link.b.interface->value : "")});
  }
}

void add_wans(const Topology& topology, TopologyPlan& plan, Mistakes& mistakes) {
  for (const auto& spec : topology.wans) {
    const auto typical = typical_line(spec.preset ? spec.preset->value : "");
    WanPlan wan{.name = spec.name.value,
                .priority = static_cast<int>(std::min<std::uint64_t>(spec.priority.value, 1000)),
                .router = port_of(spec.router, interface_of(spec.router, spec)),
                .isp = port_of(spec.isp, interface_of(spec.isp, spec)),
                .up = line_of(spec.up, typical.up, mistakes),
                .down = line_of(spec.down, typical.down, mistakes)};
    for (const auto& address : wan.isp.addresses)
      wan.gateways.push_back(address.address);
    for (const auto& name : spec.not_for)
      wan.not_for.push_back(name.value);
    if (auto* isp = find_node(plan, wan.isp.node))
      for (const auto& address : wan.isp.addresses)
        isp->allowed_sources.push_back(network_of(address));
    plan.wans.push_back(std::move(wan));
  }
  std::ranges::stable_sort(plan.wans, {}, &WanPlan::priority);
}

/// Servers, and every host under its own name.
void add_servers(const Topology& topology, TopologyPlan& plan) {
  for (const auto& spec : topology.servers) {
    ServerPlan server{.name = spec.name.value, .node = spec.node.value};
    for (const auto& address : spec.addresses)
      server.addresses.push_back(address.value);
    if (auto* node = find_node(plan, server.node))
      for (const auto& address : server.addresses)
        node->loopback.push_back(single(address));
    plan.servers.push_back(std::move(server));
  }
  for (const auto& node : plan.nodes) {
    if (node.kind != NodeKind::kHost) continue;
    ServerPlan host{.name = node.name, .node = node.name};
    for (const auto& [a, b] : plan.cables)
      for (const auto* port : {&a, &b})
        for (const auto& address : port->addresses)
          if (port->node == node.name &&
              std::ranges::find(host.addresses, address.address.family(), &IpAddress::family) ==
                  host.addresses.end())
            host.addresses.push_back(address.address);
    plan.servers.push_back(std::move(host));
  }
}

void add_services(const Topology& topology, TopologyPlan& plan) {
  for (const auto& spec : topology.services) {
    const auto kind = parse_word<ServiceKind>(spec.kind.value);
    if (!kind) continue;
    ServicePlan service{.name = spec.name.value, .kind = *kind, .on = spec.on.value};
    if (*kind == ServiceKind::kDns) service.zone = spec.zone ? spec.zone->value : defaults::kZone;
    if (*kind == ServiceKind::kDhcp)
      service.lease = spec.lease ? spec.lease->value : defaults::kLease;
    plan.services.push_back(std::move(service));
  }
}

TopologyPlan plan_of(const Topology& topology, Mistakes& mistakes) {
  TopologyPlan plan{.name = topology.name.value};
  add_nodes(topology, plan);
  add_segments(topology, plan);
  add_cables(topology, plan);
  add_wans(topology, plan, mistakes);
  add_servers(topology, plan);
  add_services(topology, plan);
  resolve_capacity(topology, plan, mistakes);
  return plan;
}

/// Of a switch or host in a provider's place, and of what the user lists.
void set_allowed_sources(const Topology& topology, TopologyPlan& plan) {
  for (auto& node : plan.nodes)
    node.allowed_sources.clear();
  for (const auto& wan : topology.wans)
    if (auto* isp = find_node(plan, wan.isp.node.value))
      for (const auto& source : wan.sources)
        isp->allowed_sources.push_back(network_of(source.value));
}

/// What switches without a class of their own are.
std::string switches_of(const Topology& topology) {
  const auto& roles = topology.mininet->roles;
  if (roles.switches) return roles.switches->value;
  const auto& own = topology.built->roles;
  return own.is_object() && own.contains("switch") ? own.at("switch").get<std::string>() : "";
}

TopologyPlan resolve_mininet(const Topology& topology, Mistakes& mistakes) {
  if (!topology.built) {
    mistakes.add(topology.place, "what Mininet builds of it was not looked at");
    return {.name = topology.name.value};
  }
  const auto before = mistakes.size();
  const auto laid = lay_out(topology, mistakes);
  if (mistakes.size() > before) return {.name = topology.name.value};
  check_services(laid, mistakes);
  auto plan = plan_of(laid, mistakes);
  set_allowed_sources(laid, plan);
  const auto& [place, file, topo, roles, attached, script] = *topology.mininet;
  plan.mininet = {.file = file.value,
                  .topo = topo ? topo->value : "",
                  .switches = switches_of(topology),
                  .lines = {},
                  .attached = attached,
                  .script = script.value_or(0)};
  if (attached) forbid_what_changes_it(laid, plan, mistakes);
  for (const auto& [a, b, to_b, to_a] : lines_of(laid, mistakes))
    plan.mininet->lines.push_back({.name = a.interface,
                                   .a = {.node = a.node, .interface = a.interface},
                                   .b = {.node = b.node, .interface = b.interface},
                                   .to_b = line_of(to_b, {}, mistakes),
                                   .to_a = line_of(to_a, {}, mistakes)});
  return plan;
}

}  // namespace

TopologyPlan resolve_topology(const Topology& topology, Mistakes& mistakes) {
  if (topology.place.file.empty()) return {.name = topology.name.value};
  if (topology.mininet) return resolve_mininet(topology, mistakes);
  check_topology(topology, mistakes);
  check_segments(topology, mistakes);
  check_services(topology, mistakes);
  return plan_of(topology, mistakes);
}

}  // namespace wandrill
