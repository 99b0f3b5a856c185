// SPDX-License-Identifier: Apache-2.0
#include "tunnel/wireguard.hpp"

#include <fmt/format.h>

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

SessionPlan vpn() {
  SessionPlan session{.name = "vpn", .kind = TrafficKind::kWireguard};
  session.client = {"laptop", *IpAddress::parse("192.168.1.10"), 20001};
  session.server = {"internet", *IpAddress::parse("2001:db8:f::10"), 10001};
  session.own = TunnelPlan{.client4 = *IpPrefix::parse("10.254.1.2/24"),
                           .client6 = *IpPrefix::parse("fd00:254:1::2/64"),
                           .server4 = *IpPrefix::parse("10.254.1.1/24"),
                           .server6 = *IpPrefix::parse("fd00:254:1::1/64"),
                           .keepalive = std::chrono::seconds{25}};
  return session;
}

WireguardKey key_of(std::uint8_t secret, std::uint8_t open) {
  WireguardKey key;
  key.secret.fill(secret);
  key.open.fill(open);
  return key;
}

std::string text_of(int byte) {
  std::string text;
  for (int i = 0; i < 32; ++i)
    text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace

TEST_CASE("A WireGuard client is told its server and lets through what is the server's",
          "[wireguard]") {
  CHECK(wireguard_client_setup(vpn(), key_of(0xaa, 0xbb), key_of(0xcc, 0xdd)) ==
        "set=1\nprivate_key=" + text_of(0xaa) + "\nlisten_port=20001\npublic_key=" + text_of(0xdd) +
            "\nendpoint=[2001:db8:f::10]:10001\n"
            "persistent_keepalive_interval=25\nallowed_ip=10.254.1.1/32\nallowed_ip=fd00:254:1::1/"
            "128\n\n");
}

TEST_CASE("A WireGuard server learns where its client is", "[wireguard]") {
  CHECK(wireguard_server_setup(vpn(), key_of(0xcc, 0xdd), key_of(0xaa, 0xbb)) ==
        "set=1\nprivate_key=" + text_of(0xcc) + "\nlisten_port=10001\npublic_key=" + text_of(0xbb) +
            "\nallowed_ip=10.254.1.2/32\n"
            "allowed_ip=fd00:254:1::2/128\n\n");
}

TEST_CASE("The kernel is told the same as wireguard-go", "[wireguard]") {
  const auto client = wireguard_client_device(vpn(), key_of(0xaa, 0xbb), key_of(0xcc, 0xdd));
  CHECK(client.secret == key_of(0xaa, 0).secret);
  CHECK(client.port == 20001);
  CHECK(client.peer.key == key_of(0, 0xdd).open);
  REQUIRE(client.peer.endpoint);
  CHECK(to_string(client.peer.endpoint->address()) == "2001:db8:f::10");
  CHECK(client.peer.endpoint->port() == 10001);
  CHECK(client.peer.keepalive == std::chrono::seconds{25});
  CHECK(client.peer.allowed ==
        std::vector{*IpPrefix::parse("10.254.1.1/32"), *IpPrefix::parse("fd00:254:1::1/128")});
  const auto server = wireguard_server_device(vpn(), key_of(0xcc, 0xdd), key_of(0xaa, 0xbb));
  CHECK(server.port == 10001);
  CHECK_FALSE(server.peer.endpoint);
  CHECK(server.peer.allowed ==
        std::vector{*IpPrefix::parse("10.254.1.2/32"), *IpPrefix::parse("fd00:254:1::2/128")});
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
