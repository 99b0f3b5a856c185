// SPDX-License-Identifier: Apache-2.0
#include "tunnel/wireguard.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

SessionPlan vpn() {
  SessionPlan session{.name = "vpn", .kind = TrafficKind::kWireguard};
  session.client = {"laptop", *IpAddress::parse("192.168.1.10"), 20001};
  session.server = {"internet", *IpAddress::parse("2001:db8:f::10"), 10001};
  session.tunnel = TunnelPlan{.client4 = *IpPrefix::parse("10.254.1.2/24"),
                              .client6 = *IpPrefix::parse("fd00:254:1::2/64"),
                              .server4 = *IpPrefix::parse("10.254.1.1/24"),
                              .server6 = *IpPrefix::parse("fd00:254:1::1/64"),
                              .keepalive = std::chrono::seconds{25}};
  return session;
}

}  // namespace

TEST_CASE("A WireGuard client is told its server and lets through what is the server's",
          "[wireguard]") {
  CHECK(wireguard_client_setup(vpn(), {"aa", "bb"}, {"cc", "dd"}) ==
        "set=1\nprivate_key=aa\nlisten_port=20001\npublic_key=dd\nendpoint=[2001:db8:f::10]:10001\n"
        "persistent_keepalive_interval=25\nallowed_ip=10.254.1.1/32\nallowed_ip=fd00:254:1::1/"
        "128\n\n");
}

TEST_CASE("A WireGuard server learns where its client is", "[wireguard]") {
  CHECK(wireguard_server_setup(vpn(), {"cc", "dd"}, {"aa", "bb"}) ==
        "set=1\nprivate_key=cc\nlisten_port=10001\npublic_key=bb\nallowed_ip=10.254.1.2/32\n"
        "allowed_ip=fd00:254:1::2/128\n\n");
}

TEST_CASE("An answer tells of a handshake and of errors", "[wireguard]") {
  CHECK(has_shaken_hands("public_key=dd\nlast_handshake_time_sec=1764000000\nerrno=0\n\n"));
  CHECK_FALSE(has_shaken_hands("public_key=dd\nlast_handshake_time_sec=0\nerrno=0\n\n"));
  CHECK_FALSE(has_shaken_hands(""));
  CHECK(wireguard_error("errno=0\n\n") == 0);
  CHECK(wireguard_error("errno=-22\n\n") == -22);
  CHECK_FALSE(wireguard_error("err"));
  CHECK_FALSE(wireguard_error("errno="));
}

}  // namespace wandrill
