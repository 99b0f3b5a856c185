// SPDX-License-Identifier: Apache-2.0
#include "net/packet_socket.hpp"

#include <linux/if_ether.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/testing/catch.hpp"
#include "net/link.hpp"
#include "net/testing/private_namespaces.hpp"

using namespace wandrill;
using namespace wandrill::testing;

namespace {

bool is_ready(const UniqueFd& socket) {
  pollfd polled{socket.get(), POLLIN, 0};
  return ::poll(&polled, 1, 0) > 0;
}

}  // namespace

TEST_CASE("The error of an interface that went down is taken back", "[packet_socket]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  auto netlink = Netlink::route(ns);
  create_veth(netlink, {.ns = ns, .name = "a"}, {.ns = ns, .name = "b"});
  set_link_up(netlink, "a");
  const auto socket = open_packet_socket(ns);
  // Nobody sends frames of this type (RFC 5342, local experiments): only the error makes it ready.
  bind_packet_socket(socket, ns, "a", ETH_P_802_EX1);
  CHECK_FALSE(is_ready(socket));
  set_link_down(netlink, "a");
  CHECK(is_ready(socket));
  clear_socket_error(socket);
  CHECK_FALSE(is_ready(socket));
}

TEST_CASE("A packet socket cannot be bound to an interface that is not there", "[packet_socket]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  const auto socket = open_packet_socket(ns);
  CHECK_THROWS_WITH(bind_packet_socket(socket, ns, "nowhere", ETH_P_ALL),
                    Catch::Matchers::StartsWith("find interface nowhere"));
  CHECK_THROWS_WITH((PacketRing{socket, 4096}), Catch::Matchers::StartsWith("map a packet ring"));
}
