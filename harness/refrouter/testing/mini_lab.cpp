// SPDX-License-Identifier: Apache-2.0
#include "refrouter/testing/mini_lab.hpp"

#include <fmt/format.h>

#include "net/address.hpp"
#include "net/link.hpp"
#include "net/nft.hpp"
#include "net/route.hpp"
#include "net/sysctl.hpp"

namespace wandrill::testing {
namespace {

void give(MiniLab::Node& node, const std::string& interface,
          std::initializer_list<const char*> addresses) {
  for (const auto* address : addresses)
    add_address(node.netlink, interface_index(node.netlink, interface),
                IpPrefix::parse(address).value());
}

void send_to(MiniLab::Node& node, const char* destination, const char* gateway) {
  add_route(node.netlink, {.destination = IpPrefix::parse(destination).value(),
                           .gateway = IpAddress::parse(gateway).value()});
}

/// BCP 38: without it a router that sends one WAN's address by the other would look perfect.
void forward_only(MiniLab::Node& isp, const char* v4, const char* v6) {
  run_nft(isp.ns, fmt::format("table inet customers {{\n  chain forward {{\n"
                              "    type filter hook forward priority 0\n"
                              "    iifname \"customer\" ip saddr != {} drop\n"
                              "    iifname \"customer\" ip6 saddr != {} drop\n  }}\n}}\n",
                              v4, v6));
}

}  // namespace

MiniLab::MiniLab() {
  for (auto* node : {&client, &router, &isp_a, &isp_b, &internet}) {
    write_sysctl(node->ns, "net.ipv6.conf.default.accept_dad", "0");
    // A port that goes down and comes up again has its addresses.
    write_sysctl(node->ns, "net.ipv6.conf.default.keep_addr_on_down", "1");
  }
  for (auto* node : {&router, &isp_a, &isp_b, &internet}) {
    write_sysctl(node->ns, "net.ipv4.ip_forward", "1");
    write_sysctl(node->ns, "net.ipv6.conf.all.forwarding", "1");
  }
  join(client, "eth0", router, "lan");
  join(router, "wan_a", isp_a, "customer");
  join(router, "wan_b", isp_b, "customer");
  join(isp_a, "core", internet, "isp_a");
  join(isp_b, "core", internet, "isp_b");

  give(client, "eth0", {"192.168.1.10/24", "fd00:1::10/64"});
  give(router, "lan", {"192.168.1.1/24", "fd00:1::1/64"});
  give(router, "wan_a", {"100.64.1.2/24", "2001:db8:a::2/64"});
  give(router, "wan_b", {"100.64.2.2/24", "2001:db8:b::2/64"});
  give(isp_a, "customer", {"100.64.1.1/24", "2001:db8:a::1/64"});
  give(isp_b, "customer", {"100.64.2.1/24", "2001:db8:b::1/64"});
  give(isp_a, "core", {"192.0.2.1/30", "2001:db8:ffa::1/64"});
  give(isp_b, "core", {"192.0.2.5/30", "2001:db8:ffb::1/64"});
  give(internet, "isp_a", {"192.0.2.2/30", "2001:db8:ffa::2/64"});
  give(internet, "isp_b", {"192.0.2.6/30", "2001:db8:ffb::2/64"});
  give(internet, "lo", {"203.0.113.10/32", "203.0.113.11/32", "2001:db8:f::10/128"});

  send_to(client, "0.0.0.0/0", "192.168.1.1");
  send_to(client, "::/0", "fd00:1::1");
  send_to(isp_a, "0.0.0.0/0", "192.0.2.2");
  send_to(isp_a, "::/0", "2001:db8:ffa::2");
  send_to(isp_b, "0.0.0.0/0", "192.0.2.6");
  send_to(isp_b, "::/0", "2001:db8:ffb::2");
  send_to(internet, "100.64.1.0/24", "192.0.2.1");
  send_to(internet, "100.64.2.0/24", "192.0.2.5");
  send_to(internet, "2001:db8:a::/64", "2001:db8:ffa::1");
  send_to(internet, "2001:db8:b::/64", "2001:db8:ffb::1");
  forward_only(isp_a, "100.64.1.0/24", "2001:db8:a::/64");
  forward_only(isp_b, "100.64.2.0/24", "2001:db8:b::/64");
}

void MiniLab::join(Node& a, const std::string& a_name, Node& b, const std::string& b_name) {
  create_veth(a.netlink, {.ns = a.ns, .name = a_name}, {.ns = b.ns, .name = b_name});
  set_link_up(a.netlink, a_name);
  set_link_up(b.netlink, b_name);
}

void MiniLab::set_silent(Node& isp, bool silent) {
  run_nft(isp.ns, silent ? "table inet silence {\n  chain forward {\n"
                           "    type filter hook forward priority -1; policy drop;\n  }\n}\n"
                         : "delete table inet silence");
}

void MiniLab::set_carrier(Node& isp, bool carrier) {
  if (carrier)
    set_link_up(isp.netlink, "customer");
  else
    set_link_down(isp.netlink, "customer");
}

}  // namespace wandrill::testing
