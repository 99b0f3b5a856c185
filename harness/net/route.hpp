// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "net/netlink.hpp"

namespace wandrill {

/// One unicast route. ip-route(8).
struct Route {
  IpPrefix destination;  ///< 0.0.0.0/0 or ::/0 for a default.
  std::optional<IpAddress> gateway;
  std::string interface;            ///< Empty: by the gateway.
  std::uint32_t table = 254;        ///< main
  std::uint32_t metric = 0;         ///< 0: the kernel's default (IPv6: 1024).
  std::optional<IpAddress> source;  ///< Preferred source address.
  /// Largest packet that is forwarded by it, locked: path MTU discovery does not change it. 0: the
  /// link's.
  std::uint32_t mtu = 0;

  friend bool operator==(const Route&, const Route&) = default;
};

IpPrefix default_destination(Family family);

void add_route(Netlink& netlink, const Route& route);
/// Adds it, or puts it in the place of the one with the same destination, table and metric.
void replace_route(Netlink& netlink, const Route& route);
void delete_route(Netlink& netlink, const Route& route);
std::vector<Route> dump_routes(Netlink& netlink, Family family);

/// What a packet would carry, for the kernel to say how it would route it.
struct RouteQuestion {
  IpAddress destination;
  std::uint32_t mark = 0;           ///< As a policy rule sees it.
  std::string interface;            ///< Bound to this one; empty: to none.
  std::optional<IpAddress> source;  ///< Bound to this one, of the same family.
};

/// The route that the kernel would take, after all rules and tables, for a packet that starts here:
/// gateway, interface, source and table. Nothing when it would not send it (unreachable, forbidden,
/// dropped by a rule). As `ip route get`.
std::optional<Route> lookup_route(Netlink& netlink, const RouteQuestion& question);

/// One policy rule. ip-rule(8).
struct Rule {
  Family family = Family::kIpv4;
  std::uint32_t priority = 0;
  std::optional<IpPrefix> from;
  std::string iif;
  std::string oif;
  std::uint32_t mark = 0;
  std::uint32_t mark_mask = 0;  ///< 0: the mark does not matter.
  std::uint32_t table = 254;
  bool blackhole = false;  ///< Drops instead of looking `table` up.

  friend bool operator==(const Rule&, const Rule&) = default;
};

void add_rule(Netlink& netlink, const Rule& rule);
void delete_rule(Netlink& netlink, const Rule& rule);
std::vector<Rule> dump_rules(Netlink& netlink, Family family);

std::string to_string(const Route& route);
std::string to_string(const Rule& rule);

}  // namespace wandrill
