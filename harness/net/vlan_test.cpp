// SPDX-License-Identifier: Apache-2.0
#include "net/vlan.hpp"

#include <array>

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "base/testing/catch.hpp"
#include "net/packet_socket.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"

using namespace wandrill;
using namespace wandrill::testing;

namespace {

constexpr const char* kNoVlans =
    "this kernel has no 802.1Q (module 8021q) or no bridges that forward by VLAN; run it with --vm";

/// Runs `body`; false when the kernel has no VLANs.
template <typename Body>
bool with_vlans(Body&& body) {
  try {
    body();
    return true;
  } catch (const std::system_error& error) {
    if (error.code().value() != EOPNOTSUPP) throw;
    return false;
  }
}

/// The VLAN of the next UDP frame on an interface; -1: it has no tag, -2: none came.
int tag_of_next(const UniqueFd& socket) {
  for (pollfd ready{socket.get(), POLLIN, 0}; ::poll(&ready, 1, 3000) > 0;) {
    std::array<std::uint8_t, 2048> frame{};
    std::array<char, 256> control{};
    iovec part{.iov_base = frame.data(), .iov_len = frame.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(socket.get(), &message, 0) < 34) continue;
    if (frame[12] != 0x08 || frame[13] != 0x00) continue;  // IPv4; the kernel has taken the tag out
    for (auto* item = CMSG_FIRSTHDR(&message); item != nullptr;
         item = CMSG_NXTHDR(&message, item)) {
      if (item->cmsg_level != SOL_PACKET || item->cmsg_type != PACKET_AUXDATA) continue;
      const auto* data = reinterpret_cast<const tpacket_auxdata*>(CMSG_DATA(item));
      if ((data->tp_status & TP_STATUS_VLAN_VALID) != 0) return data->tp_vlan_tci & 0x0fff;
    }
    return -1;
  }
  return -2;
}

}  // namespace

TEST_CASE("Frames of a VLAN port carry its tag on the trunk", "[vlan]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const bool can = with_vlans([&] {
    create_vlan_port(hosts.at_a, {.name = "voice", .trunk = "left", .id = 20});
    create_vlan_port(hosts.at_b, {.name = "voice", .trunk = "right", .id = 20});
  });
  if (!can) WANDRILL_SKIP(kNoVlans);
  add_address(hosts.at_a, interface_index(hosts.at_a, "voice"), prefix("198.51.100.1/24"));
  add_address(hosts.at_b, interface_index(hosts.at_b, "voice"), prefix("198.51.100.2/24"));
  const auto ear = open_packet_socket(hosts.b);
  const int on = 1;
  check(::setsockopt(ear.get(), SOL_PACKET, PACKET_AUXDATA, &on, sizeof on), "ask for tags");
  bind_packet_socket(ear, hosts.b, "right", ETH_P_ALL);
  hosts.a.run([] {
    const SocketAddress target{address("198.51.100.2"), 7777};
    const UniqueFd socket{check(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket")};
    check(::sendto(socket.get(), "x", 1, 0, target.get(), target.length), "send");
  });
  CHECK(tag_of_next(ear) == 20);
}

TEST_CASE("A bridge's port is a member of the VLANs that it was given", "[vlan]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  create_bridge(hosts.at_a, "switch");
  enslave(hosts.at_a, "left", "switch");
  const bool can = with_vlans([&] {
    filter_by_vlan(hosts.at_a, "switch");
    add_bridge_vlan(hosts.at_a, "left", {.id = 20});
    add_bridge_vlan(hosts.at_a, "left", {.id = 30, .untagged = true});
    delete_bridge_vlan(hosts.at_a, "left", 1);
  });
  if (!can) WANDRILL_SKIP(kNoVlans);
  CHECK(bridge_vlans(hosts.at_a, "left") ==
        std::vector<BridgeVlan>{{.id = 20}, {.id = 30, .untagged = true}});
}
