// SPDX-License-Identifier: Apache-2.0
#include <linux/genetlink.h>
#include <linux/time_types.h>
#include <linux/wireguard.h>

#include "base/testing/catch.hpp"
#include "net/wireguard.hpp"

using namespace wandrill;

namespace {

constexpr std::size_t kHead = sizeof(genlmsghdr);

WireguardDevice client_device() {
  WireguardDevice device{.name = "wgc0", .port = 20001};
  device.secret.fill(0xaa);
  device.peer.key.fill(0xdd);
  device.peer.endpoint = SocketAddress{*IpAddress::parse("203.0.113.10"), 10001};
  device.peer.keepalive = std::chrono::seconds{25};
  device.peer.allowed = {*IpPrefix::parse("10.254.1.1/32"), *IpPrefix::parse("fd00:254:1::1/128")};
  return device;
}

/// As the kernel tells of a device with one peer.
NetlinkMessage answer_with(const __kernel_timespec& handshake) {
  NetlinkMessage message{30, 0};
  message.fixed(genlmsghdr{}).text(WGDEVICE_A_IFNAME, "wgc0");
  message.nest(WGDEVICE_A_PEERS | NLA_F_NESTED, [&](NetlinkMessage& peers) {
    peers.nest(0 | NLA_F_NESTED, [&](NetlinkMessage& peer) {
      peer.attribute(WGPEER_A_LAST_HANDSHAKE_TIME, handshake);
    });
  });
  return message;
}

bool has_handshake(NetlinkMessage message) {
  bool found = false;
  for_each_message(message.bytes(), [&](const nlmsghdr& header, auto body) {
    found = tells_of_handshake(NetlinkView{header.nlmsg_type, body});
  });
  return found;
}

}  // namespace

TEST_CASE("A WireGuard device's message holds its keys, its port and its one peer", "[wireguard]") {
  auto message = wireguard_device_message(30, client_device());
  int seen = 0;
  for_each_message(message.bytes(), [&](const nlmsghdr& header, auto body) {
    ++seen;
    const NetlinkView view{header.nlmsg_type, body};
    CHECK(view.type() == 30);
    CHECK(view.text(kHead, WGDEVICE_A_IFNAME) == "wgc0");
    CHECK(view.value<WireguardKeyBytes>(kHead, WGDEVICE_A_PRIVATE_KEY) == client_device().secret);
    CHECK(view.value<std::uint16_t>(kHead, WGDEVICE_A_LISTEN_PORT) == 20001);
    const auto peer = find_attribute(view.find(kHead, WGDEVICE_A_PEERS).value(), 0).value();
    const auto endpoint = find_attribute(peer, WGPEER_A_ENDPOINT).value();
    CHECK(endpoint.size() == sizeof(sockaddr_in));
    CHECK(endpoint[2] == 10001 / 256);
    CHECK(endpoint[3] == 10001 % 256);
    const auto first = find_attribute(find_attribute(peer, WGPEER_A_ALLOWEDIPS).value(), 0).value();
    CHECK(find_attribute(first, WGALLOWEDIP_A_CIDR_MASK).value()[0] == 32);
    CHECK(find_attribute(first, WGALLOWEDIP_A_IPADDR).value()[3] == 1);
  });
  CHECK(seen == 1);
}

TEST_CASE("A peer that never completed a handshake tells of none", "[wireguard]") {
  CHECK_FALSE(has_handshake(answer_with({})));
  CHECK(has_handshake(answer_with({.tv_sec = 1764000000, .tv_nsec = 0})));
  NetlinkMessage nothing{30, 0};
  nothing.fixed(genlmsghdr{});
  CHECK_FALSE(has_handshake(nothing));
}
