// SPDX-License-Identifier: Apache-2.0
#include "tunnel/openvpn.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

SessionPlan vpn(const char* server) {
  SessionPlan session{.name = "vpn", .kind = TrafficKind::kOpenvpn};
  session.client = {"laptop", *IpAddress::parse("192.168.1.10"), 20001};
  session.server = {"internet", *IpAddress::parse(server), 10001};
  session.own = TunnelPlan{.client4 = *IpPrefix::parse("10.254.1.2/24"),
                           .client6 = *IpPrefix::parse("fd00:254:1::2/64"),
                           .server4 = *IpPrefix::parse("10.254.1.1/24"),
                           .server6 = *IpPrefix::parse("fd00:254:1::1/64"),
                           .keepalive = 1s,
                           .restart_after = 4s};
  return session;
}

std::string line(const std::vector<std::string>& arguments) {
  return fmt::format(" {} ", fmt::join(arguments, " "));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(" " + part + " ") != std::string::npos;
}

}  // namespace

TEST_CASE("An OpenVPN server hands out the plan's addresses and the keepalive", "[openvpn]") {
  const auto text = line(openvpn_server(vpn("203.0.113.10"), "ovs0", "AB:CD"));
  CHECK(has(text, "--server 10.254.1.0 255.255.255.0"));
  CHECK(has(text, "--keepalive 1 4"));
  CHECK(has(text, "--proto udp4"));
  CHECK(has(text, "--peer-fingerprint AB:CD"));
  CHECK(openvpn_client_addresses(vpn("203.0.113.10")) ==
        "ifconfig-ipv6-push fd00:254:1::2/64 fd00:254:1::1\n");
}

TEST_CASE("An OpenVPN client goes to its server, over TCP and IPv6 where it is to", "[openvpn]") {
  auto session = vpn("2001:db8:f::10");
  session.of<TunnelPlan>()->over_tcp = true;
  const auto text = line(openvpn_client(session, "ovc0", "AB:CD"));
  CHECK(has(text, "--proto tcp6-client"));
  CHECK(has(text, "--remote 2001:db8:f::10 10001"));
  CHECK(has(text, "--float"));
}

}  // namespace wandrill
