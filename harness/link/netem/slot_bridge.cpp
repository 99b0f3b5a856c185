// SPDX-License-Identifier: Apache-2.0
#include "link/netem/slot_bridge.hpp"

#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include "net/link.hpp"

namespace wandrill {
namespace {

/// All that the kernel allows; it refuses the lowest three bits.
constexpr std::uint16_t kForwardedGroups = 0xfff8;

ifinfomsg up(int index) {
  ifinfomsg info{};
  info.ifi_family = AF_UNSPEC;
  info.ifi_index = index;
  info.ifi_flags = IFF_UP;
  info.ifi_change = IFF_UP;
  return info;
}

void add_port(Netlink& netlink, const std::string& name, int bridge) {
  NetlinkMessage message{RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK};
  message.fixed(up(interface_index(netlink, name)));
  message.attribute(IFLA_MASTER, static_cast<std::uint32_t>(bridge));
  netlink.request(std::move(message), "put " + name + " into the bridge of its slot");
  NetlinkMessage port{RTM_SETLINK, NLM_F_REQUEST | NLM_F_ACK};
  ifinfomsg info{};
  info.ifi_family = AF_BRIDGE;
  info.ifi_index = interface_index(netlink, name);
  port.fixed(info);
  port.nest(IFLA_PROTINFO | NLA_F_NESTED, [](NetlinkMessage& nested) {
    nested.attribute(IFLA_BRPORT_LEARNING, std::uint8_t{0});
    nested.attribute(IFLA_BRPORT_UNICAST_FLOOD, std::uint8_t{1});
  });
  netlink.request(std::move(port), "stop learning on " + name);
}

}  // namespace

void bridge_ports(Netlink& netlink, const std::string& first, const std::string& second,
                  const std::string& name) {
  NetlinkMessage message{RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL};
  message.fixed(up(0)).text(IFLA_IFNAME, name);
  message.nest(IFLA_LINKINFO, [](NetlinkMessage& info) {
    info.attribute(IFLA_INFO_KIND, "bridge", 6);
    info.nest(IFLA_INFO_DATA, [](NetlinkMessage& data) {
      data.attribute(IFLA_BR_STP_STATE, std::uint32_t{0});
      data.attribute(IFLA_BR_FORWARD_DELAY, std::uint32_t{0});
      data.attribute(IFLA_BR_MCAST_SNOOPING, std::uint8_t{0});
      data.attribute(IFLA_BR_GROUP_FWD_MASK, kForwardedGroups);
    });
  });
  netlink.request(std::move(message), "create the bridge of a slot");
  const int bridge = interface_index(netlink, name);
  add_port(netlink, first, bridge);
  add_port(netlink, second, bridge);
}

}  // namespace wandrill
