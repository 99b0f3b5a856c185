// SPDX-License-Identifier: Apache-2.0
#include "fault/mtu_fault.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "fault/nft_table.hpp"

namespace wandrill {
namespace {

/// Ahead of the ISP's source check, see Network.
constexpr std::uint32_t kPriority = 900;
/// Two routing tables for each WAN.
constexpr std::uint32_t kFirstTable = 20'000;
/// What every IPv6 link carries (RFC 8200 section 5): the kernel never tells of less.
constexpr std::uint32_t kIpv6Minimum = 1280;

std::uint32_t first_table(const TopologyPlan& topology, const WanPlan& wan) {
  const auto index = &wan - topology.wans.data();
  return kFirstTable + 2 * static_cast<std::uint32_t>(index);
}

}  // namespace

MtuFault::MtuFault(const FaultAction& fault, const LabFaultStage& stage)
    : wan_{*stage.plan.topology.wan(fault.wan)},
      isp_{stage.lab.network().node(wan_.isp.node)},
      mtu_{static_cast<std::uint32_t>(fault.lab.mtu.value)},
      up_table_{first_table(stage.plan.topology, wan_)},
      down_table_{up_table_ + 1},
      table_{"inet wandrill_mtu_" + wan_.name} {
  if (covers(fault.direction, Direction::kUp)) plan_up(stage.plan.topology);
  if (covers(fault.direction, Direction::kDown)) plan_down(stage.plan.topology);
  plan_filter(fault);
}

/// What comes from the customer takes copies of the ISP's own routes.
void MtuFault::plan_up(const TopologyPlan& topology) {
  for (const auto& route : topology.node(wan_.isp.node)->routes)
    routes_.push_back(
        {.destination = route.destination, .gateway = route.via, .table = up_table_, .mtu = mtu_});
  for (const auto& address : wan_.isp.addresses)
    rules_.push_back({.family = address.address.family(),
                      .priority = kPriority,
                      .from = network_of(address),
                      .iif = wan_.isp.interface,
                      .table = up_table_});
}

/// What comes from elsewhere takes copies of the routes to the customer.
void MtuFault::plan_down(const TopologyPlan& topology) {
  for (const auto& address : wan_.isp.addresses)
    routes_.push_back({.destination = network_of(address),
                       .interface = wan_.isp.interface,
                       .table = down_table_,
                       .mtu = mtu_});
  for (const auto& cable : topology.cables)
    for (const auto* port : {&cable.a, &cable.b})
      for (const auto& address : port->addresses)
        if (port->node == wan_.isp.node)
          rules_.push_back({.family = address.address.family(),
                            .priority = kPriority,
                            .iif = port->interface,
                            .table = down_table_});
}

void MtuFault::plan_filter(const FaultAction& fault) {
  if (!fault.lab.too_big)
    chains_ +=
        "  chain told {\n"
        "    type filter hook output priority filter;\n"
        "    icmp type destination-unreachable icmp code frag-needed drop\n"
        "    icmpv6 type packet-too-big drop\n"
        "  }\n";
  if (mtu_ >= kIpv6Minimum) return;
  chains_ += "  chain ipv6 {\n    type filter hook forward priority filter;\n";
  if (covers(fault.direction, Direction::kUp))
    chains_ += fmt::format("    iifname \"{}\" meta nfproto ipv6 meta length > {} drop\n",
                           wan_.isp.interface, mtu_);
  if (covers(fault.direction, Direction::kDown))
    chains_ += fmt::format("    oifname \"{}\" meta nfproto ipv6 meta length > {} drop\n",
                           wan_.isp.interface, mtu_);
  chains_ += "  }\n";
}

void MtuFault::apply() {
  if (!chains_.empty()) add_table(isp_.ns, table_, chains_);
  for (const auto& route : routes_)
    add_route(isp_.netlink, route);
  for (const auto& rule : rules_)
    add_rule(isp_.netlink, rule);
  narrow_ = true;
}

void MtuFault::undo() {
  for (const auto& rule : rules_)
    delete_rule(isp_.netlink, rule);
  for (const auto& route : routes_)
    delete_route(isp_.netlink, route);
  if (!chains_.empty()) delete_table(isp_.ns, table_);
  narrow_ = false;
}

bool MtuFault::has_all() {
  for (const auto family : {Family::kIpv4, Family::kIpv6}) {
    const auto routes = dump_routes(isp_.netlink, family);
    const auto rules = dump_rules(isp_.netlink, family);
    for (const auto& wanted : routes_)
      if (wanted.destination.address.family() == family &&
          std::ranges::none_of(routes, [&](const Route& route) {
            return route.destination == wanted.destination && route.table == wanted.table &&
                   route.mtu == mtu_;
          }))
        return false;
    for (const auto& wanted : rules_)
      if (wanted.family == family && std::ranges::find(rules, wanted) == rules.end()) return false;
  }
  return chains_.empty() || has_table(isp_.ns, table_);
}

bool MtuFault::has_any() {
  for (const auto family : {Family::kIpv4, Family::kIpv6}) {
    const auto is_ours = [&](const auto& one) {
      return one.table == up_table_ || one.table == down_table_;
    };
    if (std::ranges::any_of(dump_routes(isp_.netlink, family), is_ours) ||
        std::ranges::any_of(dump_rules(isp_.netlink, family), is_ours))
      return true;
  }
  return has_table(isp_.ns, table_);
}

std::string MtuFault::evidence() {
  if (narrow_ ? !has_all() : has_any()) return "";
  return narrow_ ? fmt::format("{} forwards at most {} bytes", wan_.isp.node, mtu_)
                 : fmt::format("{} forwards whatever its links carry", wan_.isp.node);
}

}  // namespace wandrill
