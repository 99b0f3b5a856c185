// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <sys/ioctl.h>

#include "base/error.hpp"
#include "doctor/find_program.hpp"
#include "doctor/probes.hpp"
#include "net/link.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kCreate = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
constexpr const char* kTunDevice = "/dev/net/tun";

using Fill = std::function<void(NetlinkMessage&)>;

/// Makes an interface of this kind in the namespace of `netlink`. `lower`: index of the one that it
/// stands on; 0: none.
int make_port(Netlink& netlink, std::string_view kind, int lower, const Fill& fill) {
  ifinfomsg info{};
  info.ifi_family = AF_UNSPEC;
  NetlinkMessage message{RTM_NEWLINK, kCreate};
  message.fixed(info).text(IFLA_IFNAME, "tried");
  if (lower != 0) message.attribute(IFLA_LINK, static_cast<std::uint32_t>(lower));
  message.nest(IFLA_LINKINFO, [&](NetlinkMessage& link) {
    link.attribute(IFLA_INFO_KIND, kind.data(), kind.size());
    if (fill) link.nest(IFLA_INFO_DATA, fill);
  });
  return netlink.try_request(std::move(message), "try a port");
}

Tried try_port(std::string_view kind, const Fill& fill = {}) {
  const NetNs scratch = NetNs::create();
  auto netlink = Netlink::route(scratch);
  return judged(make_port(netlink, kind, 0, fill));
}

/// A tagged port on a veth, as a router's trunk has it.
Tried try_vlan() {
  const NetNs scratch = NetNs::create();
  const NetNs other = NetNs::create();
  auto netlink = Netlink::route(scratch);
  try {
    create_veth(netlink, {.ns = scratch, .name = "trunk"}, {.ns = other, .name = "trunk"});
  } catch (const std::system_error& error) {
    return judged(error.code().value());
  }
  return judged(
      make_port(netlink, "vlan", interface_index(netlink, "trunk"),
                [](NetlinkMessage& data) { data.attribute(IFLA_VLAN_ID, std::uint16_t{20}); }));
}

void fill_vrf(NetlinkMessage& data) {
  data.attribute(IFLA_VRF_TABLE, std::uint32_t{100});
}

void fill_vxlan(NetlinkMessage& data) {
  data.attribute(IFLA_VXLAN_ID, std::uint32_t{5});
}

void fill_vlan_switch(NetlinkMessage& data) {
  data.attribute(IFLA_BR_VLAN_FILTERING, std::uint8_t{1});
}

/// Makes a tap and a tun in a namespace of its own: what QEMU and VPN programs do.
Tried try_tap() {
  const NetNs scratch = NetNs::create();
  return scratch.run([]() -> Tried {
    for (const int flags : {IFF_TAP, IFF_TUN}) {
      const UniqueFd device{::open(kTunDevice, O_RDWR | O_CLOEXEC)};
      if (!device && (errno == EACCES || errno == EPERM))
        return {.answer = Answer::kNo,
                .detail = std::string{kTunDevice} + " is not for this user",
                .fix = std::string{"chmod 666 "} + kTunDevice + " as root (its usual mode)"};
      if (!device) return judged(errno);
      ifreq request{};
      request.ifr_flags = static_cast<short>(flags | IFF_NO_PI);
      if (::ioctl(device.get(), TUNSETIFF, &request) != 0) return judged(errno);
    }
    return {.answer = Answer::kYes};
  });
}

/// A program that speaks WireGuard itself, and the device that it needs.
Tried try_wireguard_user() {
  for (const char* name : {"wireguard-go", "boringtun-cli", "boringtun"}) {
    const auto program = find_program(name);
    if (program.empty()) continue;
    auto device = try_tap();
    if (device.answer == Answer::kYes) device.detail = name;
    return device;
  }
  return {.answer = Answer::kNo};
}

}  // namespace

std::vector<Probe> port_probes() {
  return {{"ifb", [] { return try_port("ifb"); }},
          {"vlan", try_vlan},
          {"bridge_vlan", [] { return try_port("bridge", fill_vlan_switch); }},
          {"vrf", [] { return try_port("vrf", fill_vrf); }},
          {"dummy", [] { return try_port("dummy"); }},
          {"vxlan", [] { return try_port("vxlan", fill_vxlan); }},
          {"wireguard", [] { return try_port("wireguard"); }},
          {"wireguard_user", try_wireguard_user},
          {"tap", try_tap}};
}

}  // namespace wandrill
