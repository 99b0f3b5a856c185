// SPDX-License-Identifier: Apache-2.0
#include "net/link.hpp"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "base/testing/catch.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using Catch::Matchers::Message;

namespace {

ifreq about(const std::string& name) {
  ifreq request{};
  name.copy(request.ifr_name, IFNAMSIZ - 1);
  return request;
}

/// Asks an interface of a namespace with an ioctl.
ifreq ask(const NetNs& ns, unsigned long command, ifreq request) {
  const UniqueFd socket{ns.run([] { return ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0); })};
  check(::ioctl(socket.get(), command, &request), "ask {}", request.ifr_name);
  return request;
}

std::uint32_t feature(const NetNs& ns, const std::string& name, std::uint32_t command) {
  ethtool_value value{.cmd = command, .data = 0};
  auto request = about(name);
  request.ifr_data = reinterpret_cast<char*>(&value);
  ask(ns, SIOCETHTOOL, request);
  return value.data;
}

/// Whether a UDP datagram from one address reaches another within five seconds.
bool reaches(const NetNs& from, const NetNs& to, const char* target) {
  const SocketAddress peer{address(target), 7777};
  const auto open = [&] {
    return UniqueFd{check(::socket(peer.get()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket")};
  };
  const UniqueFd receiver = to.run(open);
  check(::bind(receiver.get(), peer.get(), peer.length), "bind {}", target);
  const UniqueFd sender = from.run(open);
  if (::sendto(sender.get(), "x", 1, 0, peer.get(), peer.length) < 0) return false;
  pollfd ready{receiver.get(), POLLIN, 0};
  return ::poll(&ready, 1, 5000) > 0;
}

}  // namespace

TEST_CASE("A veth pair appears in its two namespaces and carries both families", "[link]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  CHECK(is_up(hosts.at_a, "left"));
  CHECK(has_carrier(hosts.at_a, "left"));
  CHECK(has_carrier(hosts.at_b, "right"));
  CHECK_THROWS_AS(interface_index(hosts.at_a, "right"), std::system_error);
  CHECK(reaches(hosts.a, hosts.b, "192.0.2.2"));
  CHECK(reaches(hosts.b, hosts.a, "2001:db8::1"));
}

TEST_CASE("A veth pair has the addresses and the MTU that were asked for", "[link]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto a = NetNs::create();
  const auto b = NetNs::create();
  auto outside = Netlink::route(NetNs::create());
  const MacAddress mac{0x02, 0, 0, 0, 0, 0x2a};
  create_veth(outside, {.ns = a, .name = "one", .mac = mac, .mtu = 1400},
              {.ns = b, .name = "two", .mtu = 9000});
  const auto hardware = ask(a, SIOCGIFHWADDR, about("one")).ifr_hwaddr;
  CHECK(
      std::equal(mac.begin(), mac.end(), reinterpret_cast<const std::uint8_t*>(hardware.sa_data)));
  CHECK(ask(a, SIOCGIFMTU, about("one")).ifr_mtu == 1400);
  CHECK(ask(b, SIOCGIFMTU, about("two")).ifr_mtu == 9000);
  CHECK_THROWS_AS(interface_index(outside, "one"), std::system_error);
}

TEST_CASE("One end that goes down takes the other end's carrier, and gives it back", "[link]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  set_link_down(hosts.at_b, "right");
  CHECK_FALSE(is_up(hosts.at_b, "right"));
  CHECK(is_up(hosts.at_a, "left"));
  CHECK_FALSE(has_carrier(hosts.at_a, "left"));
  set_link_up(hosts.at_b, "right");
  CHECK(has_carrier(hosts.at_a, "left"));
  CHECK(reaches(hosts.a, hosts.b, "192.0.2.2"));
}

TEST_CASE("A bridge forwards between its ports at once", "[link]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto hub = NetNs::create();
  auto at_hub = Netlink::route(hub);
  create_bridge(at_hub, "bridge");
  const auto join = [&](const char* port, const char* host_address) {
    auto host = NetNs::create();
    create_veth(at_hub, {.ns = hub, .name = port}, {.ns = host, .name = "eth0"});
    enslave(at_hub, port, "bridge");
    auto at_host = Netlink::route(host);
    add_address(at_host, interface_index(at_host, "eth0"), prefix(host_address));
    return host;
  };
  const auto a = join("a", "192.0.2.1/24");
  const auto b = join("b", "192.0.2.2/24");
  CHECK(reaches(a, b, "192.0.2.2"));
}

TEST_CASE("A lab link leaves nothing to offloads", "[link]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  CHECK(feature(hosts.a, "left", ETHTOOL_GTXCSUM) == 1);
  disable_offloads(hosts.a, "left");
  for (const std::uint32_t command : {ETHTOOL_GTXCSUM, ETHTOOL_GTSO, ETHTOOL_GGSO, ETHTOOL_GGRO})
    CHECK(feature(hosts.a, "left", command) == 0);
  CHECK(feature(hosts.b, "right", ETHTOOL_GTXCSUM) == 1);
}

TEST_CASE("What the kernel refuses is named with the attempt and the object", "[link]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  CHECK_THROWS_MATCHES(
      create_veth(hosts.at_a, {.ns = hosts.a, .name = "left"}, {.ns = hosts.b, .name = "new"}),
      std::system_error, Message("create veth left–new: File exists"));
  CHECK_THROWS_MATCHES(interface_index(hosts.at_a, "wan_c"), std::system_error,
                       Message("find interface wan_c: No such device"));
  CHECK_THROWS_MATCHES(create_bridge(hosts.at_a, "left"), std::system_error,
                       Message("create bridge left: File exists"));
  const int left = interface_index(hosts.at_a, "left");
  CHECK_THROWS_MATCHES(add_address(hosts.at_a, left, prefix("192.0.2.1/24")), std::system_error,
                       Message("add address 192.0.2.1/24: File exists"));
}
