// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/topology/topology_plan.hpp"

namespace wandrill::testing {

inline IpPrefix prefix(const char* text) {
  return IpPrefix::parse(text).value();
}
inline IpAddress address(const char* text) {
  return IpAddress::parse(text).value();
}

/// The shape of topologies/home_office.yaml by hand: ten namespaces and ten veth pairs, dual stack.
inline TopologyPlan home_office() {
  const auto to_home = [](const char* v4, const char* v6) {
    return std::vector<IpPrefix>{prefix(v4), prefix(v6)};
  };
  const std::vector<StaticRoute> by_router{{prefix("0.0.0.0/0"), address("192.168.1.1")},
                                           {prefix("::/0"), address("fd00:1::1")}};
  TopologyPlan plan{.name = "home_office"};
  for (const auto* host : {"laptop", "desk_phone", "camera"})
    plan.nodes.push_back({.name = host, .routes = by_router});
  plan.nodes.push_back({.name = "lan", .kind = NodeKind::kSwitch});
  plan.nodes.push_back({.name = "router", .kind = NodeKind::kRouter});
  plan.nodes.push_back({.name = "isp_a",
                        .kind = NodeKind::kIsp,
                        .routes = {{prefix("0.0.0.0/0"), address("192.0.2.2")},
                                   {prefix("::/0"), address("2001:db8:ffa::2")}},
                        .forwarding = true,
                        .allowed_sources = to_home("100.64.1.0/24", "2001:db8:a::/64")});
  plan.nodes.push_back({.name = "isp_b",
                        .kind = NodeKind::kIsp,
                        .routes = {{prefix("0.0.0.0/0"), address("192.0.2.6")},
                                   {prefix("::/0"), address("2001:db8:ffb::2")}},
                        .forwarding = true,
                        .allowed_sources = to_home("100.64.2.0/24", "2001:db8:b::/64")});
  plan.nodes.push_back({.name = "internet",
                        .kind = NodeKind::kInternet,
                        .loopback = to_home("203.0.113.10/32", "2001:db8:f::10/128"),
                        .routes = {{prefix("100.64.1.0/24"), address("192.0.2.1")},
                                   {prefix("100.64.2.0/24"), address("192.0.2.5")},
                                   {prefix("2001:db8:a::/64"), address("2001:db8:ffa::1")},
                                   {prefix("2001:db8:b::/64"), address("2001:db8:ffb::1")}},
                        .forwarding = true});
  plan.cables = {
      {{"laptop", "eth0", to_home("192.168.1.10/24", "fd00:1::10/64")}, {"lan", "laptop", {}}},
      {{"desk_phone", "eth0", to_home("192.168.1.20/24", "fd00:1::20/64")},
       {"lan", "desk_phone", {}}},
      {{"camera", "eth0", to_home("192.168.1.30/24", "fd00:1::30/64")}, {"lan", "camera", {}}},
      {{"router", "lan", to_home("192.168.1.1/24", "fd00:1::1/64")}, {"lan", "router", {}}},
      {{"isp_a", "core", to_home("192.0.2.1/30", "2001:db8:ffa::1/64")},
       {"internet", "isp_a", to_home("192.0.2.2/30", "2001:db8:ffa::2/64")}},
      {{"isp_b", "core", to_home("192.0.2.5/30", "2001:db8:ffb::1/64")},
       {"internet", "isp_b", to_home("192.0.2.6/30", "2001:db8:ffb::2/64")}}};
  plan.wans = {{.name = "wan_a",
                .priority = 1,
                .router = {"router", "wan_a", to_home("100.64.1.2/24", "2001:db8:a::2/64")},
                .isp = {"isp_a", "cpe", to_home("100.64.1.1/24", "2001:db8:a::1/64")},
                .gateways = {address("100.64.1.1"), address("2001:db8:a::1")}},
               {.name = "wan_b",
                .priority = 2,
                .router = {"router", "wan_b", to_home("100.64.2.2/24", "2001:db8:b::2/64")},
                .isp = {"isp_b", "cpe", to_home("100.64.2.1/24", "2001:db8:b::1/64")},
                .gateways = {address("100.64.2.1"), address("2001:db8:b::1")}}};
  return plan;
}

}  // namespace wandrill::testing
