// SPDX-License-Identifier: Apache-2.0
#include "net/monitor.hpp"

#include <algorithm>

#include <poll.h>
#include <sys/socket.h>

#include "base/clock.hpp"
#include "base/testing/catch.hpp"
#include "net/route.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using namespace wandrill::testing;

namespace {

/// Whether the monitor tells of it within five seconds, whatever else it tells.
bool hears(NetworkMonitor& monitor, const NetworkChange& wanted) {
  const auto is_it = [&](const NetworkChange& change) {
    return change.kind == wanted.kind && change.action == wanted.action &&
           change.text == wanted.text;
  };
  for (const auto deadline = Clock::now() + 5s; Clock::now() < deadline;) {
    const auto changes = monitor.read();
    if (std::ranges::any_of(changes, is_it)) return true;
    for (const auto& change : changes)
      UNSCOPED_INFO("heard " << change.kind << ' ' << change.action << ": " << change.text);
    pollfd ready{monitor.fd(), POLLIN, 0};
    ::poll(&ready, 1, 100);
  }
  return false;
}

}  // namespace

TEST_CASE("What changes in a namespace is heard, in words", "[monitor]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  NetworkMonitor monitor{hosts.a};

  const Route backup{.destination = default_destination(Family::kIpv4),
                     .gateway = address("192.0.2.2"),
                     .interface = "left",
                     .metric = 10};
  add_route(hosts.at_a, backup);
  CHECK(hears(monitor, {"route", "add", "default via 192.0.2.2 dev left metric 10"}));
  delete_route(hosts.at_a, backup);
  CHECK(hears(monitor, {"route", "delete", "default via 192.0.2.2 dev left metric 10"}));

  add_rule(hosts.at_a, {.priority = 50, .from = prefix("192.0.2.0/24"), .table = 100});
  CHECK(hears(monitor, {"rule", "add", "50: from 192.0.2.0/24 lookup 100"}));

  add_address(hosts.at_a, interface_index(hosts.at_a, "left"), prefix("198.51.100.1/24"));
  CHECK(hears(monitor, {"address", "add", "198.51.100.1/24 dev left"}));

  set_link_down(hosts.at_b, "right");
  CHECK(hears(monitor, {"link", "add", "left up no carrier"}));
  set_link_down(hosts.at_a, "left");
  CHECK(hears(monitor, {"link", "add", "left down no carrier"}));
}

TEST_CASE("A link that comes later is known by its name", "[monitor]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  auto netlink = Netlink::route(ns);
  NetworkMonitor monitor{ns};
  create_veth(netlink, {.ns = ns, .name = "late"}, {.ns = ns, .name = "peer"});
  add_address(netlink, interface_index(netlink, "late"), prefix("192.0.2.9/24"));
  CHECK(hears(monitor, {"address", "add", "192.0.2.9/24 dev late"}));
}

TEST_CASE("Nothing is heard of another namespace, and reading does not wait", "[monitor]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const auto quiet = NetNs::create();
  NetworkMonitor monitor{quiet};
  add_route(hosts.at_a, {.destination = prefix("10.0.0.0/8"), .gateway = address("192.0.2.2")});
  CHECK(monitor.read().empty());
}

TEST_CASE("Notices that the kernel had to drop are told of as an overrun", "[monitor]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  auto netlink = Netlink::route(ns);
  NetworkMonitor monitor{ns};
  constexpr int kTiny = 1;  // the kernel makes it its least
  REQUIRE(::setsockopt(monitor.fd(), SOL_SOCKET, SO_RCVBUF, &kTiny, sizeof kTiny) == 0);
  for (std::uint32_t priority = 100; priority < 200; ++priority)
    add_rule(netlink, {.priority = priority, .table = 7});
  const auto changes = monitor.read();
  CHECK(std::ranges::count(changes, "overrun", &NetworkChange::kind) >= 1);
  CHECK(std::ranges::count(changes, "rule", &NetworkChange::kind) >= 1);
}
