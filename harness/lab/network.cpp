// SPDX-License-Identifier: Apache-2.0
#include "lab/network.hpp"

#include <fmt/format.h>

#include "lab/vlan_trunk.hpp"
#include "net/address.hpp"
#include "net/link.hpp"
#include "net/neighbour.hpp"
#include "net/route.hpp"
#include "net/sysctl.hpp"

namespace wandrill {
namespace {

/// lo is always the first interface of a namespace.
constexpr int kLoopback = 1;
/// The priorities of an ISP's source check (BCP 38), between the local table (0) and main (32766).
constexpr std::uint32_t kAllowPriority = 1000;
constexpr std::uint32_t kDropPriority = 1001;

/// Neighbours of the lab's own nodes stay known through any drill, as they do at a carrier (ARP
/// entries live for hours there): asking for a router anew after a cut would lengthen the outage by
/// up to a second of ours. An address that was only heard of is confirmed at once, so that no probe
/// falls into a cut.
constexpr NeighbourTimes kNeighboursStayKnown{.reachable = std::chrono::hours{1},
                                              .delay_probe = std::chrono::milliseconds{1}};

LiveNode adopted(NetNs ns, const Sandbox& sandbox) {
  Netlink netlink = Netlink::route(ns);
  return {std::move(ns), std::move(netlink), &sandbox};
}

void configure_node(LiveNode& node, const NodePlan& plan) {
  // Addresses must be usable at once, and links must not learn routes on their own.
  std::vector<Sysctl> sysctls{{"net.ipv6.conf.default.accept_dad", "0"},
                              {"net.ipv6.conf.default.accept_ra", "0"}};
  if (plan.kind == NodeKind::kSwitch) sysctls = {{"net.ipv6.conf.default.disable_ipv6", "1"}};
  if (plan.forwarding) {
    sysctls.emplace_back("net.ipv4.ip_forward", "1");
    sysctls.emplace_back("net.ipv6.conf.all.forwarding", "1");
  }
  write_sysctls(node.ns, sysctls);
  if (plan.kind == NodeKind::kSwitch) create_bridge(node.netlink, kSwitchBridge);
  for (const auto& address : plan.loopback)
    add_address(node.netlink, kLoopback, address);
}

void finish_port(LiveNode& node, const std::string& interface, const PortPlan* port,
                 bool in_switch) {
  disable_offloads(node.netlink, interface);
  if (in_switch) enslave(node.netlink, interface, kSwitchBridge);
  if (port == nullptr || port->addresses.empty()) return;
  const int index = interface_index(node.netlink, interface);
  for (const auto& address : port->addresses)
    add_address(node.netlink, index, address);
}

/// The router's end of a WAN as the lab sets it up: an address that a DHCP server gives is the
/// router's business to ask for.
PortPlan fixed_part(const WanPlan& wan, const TopologyPlan& topology) {
  auto port = wan.router;
  if (topology.service(ServiceKind::kDhcp, wan.name) != nullptr)
    std::erase_if(port.addresses,
                  [](const IpPrefix& prefix) { return prefix.address.family() == Family::kIpv4; });
  return port;
}

/// For the ports of all nodes but the router, whose neighbours are its own business.
void keep_neighbours(LiveNode& node, const std::string& interface, const NodePlan& plan) {
  if (plan.kind == NodeKind::kRouter || plan.kind == NodeKind::kSwitch) return;
  set_neighbour_times(node.netlink, interface_index(node.netlink, interface), kNeighboursStayKnown);
}

/// Drops what customers send from addresses that are not theirs (BCP 38, RFC 2827).
void drop_foreign_sources(Netlink& netlink, const std::string& customer_port,
                          const std::vector<IpPrefix>& allowed) {
  for (const auto& prefix : allowed)
    add_rule(netlink, {.family = prefix.address.family(),
                       .priority = kAllowPriority,
                       .from = prefix,
                       .iif = customer_port});
  for (const auto family : {Family::kIpv4, Family::kIpv6})
    add_rule(
        netlink,
        {.family = family, .priority = kDropPriority, .iif = customer_port, .blackhole = true});
}

}  // namespace

Network::Network(const TopologyPlan& topology, const StandingNetwork* standing) {
  if (standing != nullptr)
    attach(topology, *standing);
  else if (topology.mininet)
    adopt(topology);
  else
    build(topology);
}

/// Mininet's own part: nodes, cables, addresses, routes. Ours is what makes a lab of it.
void Network::adopt(const TopologyPlan& topology) {
  mininet_ = std::make_unique<MininetLab>(sandbox_, topology);
  for (const auto& plan : topology.nodes)
    nodes_.emplace(plan.name, adopted(mininet_->node(plan.name), sandbox_));
  const auto tend = [&](const PortPlan& port) {
    disable_offloads(node(port.node).netlink, port.interface);
    keep_neighbours(node(port.node), port.interface, *topology.node(port.node));
  };
  for (const auto& [a, b] : topology.cables)
    for (const auto* port : {&a, &b})
      tend(*port);
  for (const auto& line : topology.mininet->lines)
    (void)adopt_slot(line_slots_, line.name);
  for (const auto& wan : topology.wans) {
    (void)adopt_slot(slots_, wan.name);
    for (const auto* port : {&wan.router, &wan.isp})
      tend(*port);
    const auto& allowed = topology.node(wan.isp.node)->allowed_sources;
    if (!allowed.empty())
      drop_foreign_sources(node(wan.isp.node).netlink, wan.isp.interface, allowed);
  }
}

/// Somebody else's network: nothing of its nodes' is touched. Those that live in the machine's own
/// namespace, as switches do, have no part.
void Network::attach(const TopologyPlan& topology, const StandingNetwork& standing) {
  for (const auto& plan : topology.nodes)
    if (plan.kind != NodeKind::kSwitch)
      nodes_.emplace(plan.name, adopted(standing.node(plan.name), sandbox_));
  auto fresh = sandbox_.create_netns(topology.wans.size());
  auto next = fresh.begin();
  for (const auto& wan : topology.wans) {
    auto& slot = slots_.emplace_back(Slot{wan.name, adopted(std::move(*next++), sandbox_)});
    write_sysctl(slot.node.ns, "net.ipv6.conf.default.disable_ipv6", "1");
    splices_.emplace_back(slot.node.ns, slot.node.netlink, node(wan.isp.node).ns,
                          wan.isp.interface);
    slot.isp_port = splices_.back().port();
  }
}

void Network::engage_splices() {
  for (auto& splice : splices_)
    splice.engage();
}

void Network::disengage_splices() noexcept {
  for (auto& splice : splices_)
    splice.disengage();
}

Slot& Network::adopt_slot(std::vector<Slot>& slots, const std::string& name) {
  auto& slot = slots.emplace_back(Slot{name, adopted(mininet_->slot(name), sandbox_)});
  for (const auto* side : {Slot::kRouterSide, Slot::kIspSide}) {
    set_link_up(slot.node.netlink, side);
    disable_offloads(slot.node.netlink, side);
  }
  return slot;
}

void Network::build(const TopologyPlan& topology) {
  auto fresh = sandbox_.create_netns(topology.nodes.size() + topology.wans.size());
  auto next = fresh.begin();
  for (const auto& plan : topology.nodes)
    configure_node(nodes_.emplace(plan.name, adopted(std::move(*next++), sandbox_)).first->second,
                   plan);
  const auto in_switch = [&](const std::string& name) {
    return topology.node(name)->kind == NodeKind::kSwitch;
  };
  for (const auto& [a, b] : topology.cables) {
    LiveNode& here = node(a.node);
    LiveNode& there = node(b.node);
    create_veth(here.netlink, {.ns = here.ns, .name = a.interface}, there.netlink,
                {.ns = there.ns, .name = b.interface});
    finish_port(here, a.interface, &a, in_switch(a.node));
    finish_port(there, b.interface, &b, in_switch(b.node));
    keep_neighbours(here, a.interface, *topology.node(a.node));
    keep_neighbours(there, b.interface, *topology.node(b.node));
  }
  if (topology.has_vlans()) build_trunk(topology, node(topology.router().name), node(kTrunk));
  for (const auto& wan : topology.wans) {
    auto& slot = slots_.emplace_back(Slot{wan.name, adopted(std::move(*next++), sandbox_)}).node;
    write_sysctl(slot.ns, "net.ipv6.conf.default.disable_ipv6", "1");
    LiveNode& router = node(wan.router.node);
    LiveNode& isp = node(wan.isp.node);
    create_veth(slot.netlink,
                {.ns = slot.ns, .name = Slot::kRouterSide, .index = Slot::kRouterSideIndex},
                router.netlink, {.ns = router.ns, .name = wan.router.interface});
    create_veth(slot.netlink, {.ns = slot.ns, .name = Slot::kIspSide, .index = Slot::kIspSideIndex},
                isp.netlink, {.ns = isp.ns, .name = wan.isp.interface});
    finish_port(slot, Slot::kRouterSide, nullptr, false);
    finish_port(slot, Slot::kIspSide, nullptr, false);
    const auto fixed = fixed_part(wan, topology);
    finish_port(router, wan.router.interface, &fixed, false);
    finish_port(isp, wan.isp.interface, &wan.isp, false);
    keep_neighbours(isp, wan.isp.interface, *topology.node(wan.isp.node));
    const auto& allowed = topology.node(wan.isp.node)->allowed_sources;
    if (!allowed.empty()) drop_foreign_sources(isp.netlink, wan.isp.interface, allowed);
  }
  for (const auto& plan : topology.nodes)
    for (const auto& route : plan.routes)
      add_route(node(plan.name).netlink, {.destination = route.destination, .gateway = route.via});
}

LiveNode& Network::node(std::string_view name) {
  const auto found = nodes_.find(name);
  if (found == nodes_.end()) throw std::out_of_range{fmt::format("no node '{}'", name)};
  return found->second;
}

}  // namespace wandrill
