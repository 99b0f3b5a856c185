// SPDX-License-Identifier: Apache-2.0
#include "net/vlan.hpp"

#include <cstring>

#include <fmt/format.h>
#include <linux/if.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "net/link.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kRequest = NLM_F_REQUEST | NLM_F_ACK;

ifinfomsg message_about(int index, unsigned char family = AF_UNSPEC) {
  ifinfomsg info{};
  info.ifi_family = family;
  info.ifi_index = index;
  return info;
}

}  // namespace

NetlinkMessage vlan_port_message(const VlanPort& port, int trunk_index) {
  NetlinkMessage message{RTM_NEWLINK, kRequest | NLM_F_CREATE | NLM_F_EXCL};
  auto info = message_about(0);
  info.ifi_flags = IFF_UP;
  info.ifi_change = IFF_UP;
  message.fixed(info).text(IFLA_IFNAME, port.name);
  message.attribute(IFLA_LINK, static_cast<std::uint32_t>(trunk_index));
  message.nest(IFLA_LINKINFO, [&](NetlinkMessage& link) {
    link.attribute(IFLA_INFO_KIND, "vlan", 4);
    link.nest(IFLA_INFO_DATA, [&](NetlinkMessage& data) { data.attribute(IFLA_VLAN_ID, port.id); });
  });
  return message;
}

NetlinkMessage vlan_filtering_message(int bridge_index) {
  NetlinkMessage message{RTM_NEWLINK, kRequest};
  message.fixed(message_about(bridge_index));
  message.nest(IFLA_LINKINFO, [](NetlinkMessage& link) {
    link.attribute(IFLA_INFO_KIND, "bridge", 6);
    link.nest(IFLA_INFO_DATA, [](NetlinkMessage& data) {
      data.attribute(IFLA_BR_VLAN_FILTERING, std::uint8_t{1});
    });
  });
  return message;
}

NetlinkMessage bridge_vlan_message(int port_index, const BridgeVlan& vlan, bool member) {
  bridge_vlan_info entry{};
  entry.vid = vlan.id;
  if (vlan.untagged) entry.flags = BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED;
  NetlinkMessage message{static_cast<std::uint16_t>(member ? RTM_SETLINK : RTM_DELLINK), kRequest};
  message.fixed(message_about(port_index, AF_BRIDGE));
  message.nest(IFLA_AF_SPEC,
               [&](NetlinkMessage& bridge) { bridge.attribute(IFLA_BRIDGE_VLAN_INFO, entry); });
  return message;
}

std::vector<BridgeVlan> bridge_vlans_in(const NetlinkView& answer) {
  std::vector<BridgeVlan> vlans;
  auto rest =
      answer.find(sizeof(ifinfomsg), IFLA_AF_SPEC).value_or(std::span<const std::uint8_t>{});
  while (rest.size() >= sizeof(nlattr)) {
    nlattr head{};
    std::memcpy(&head, rest.data(), sizeof head);
    if (head.nla_len < sizeof head || head.nla_len > rest.size()) break;
    const auto payload = rest.subspan(sizeof head, head.nla_len - sizeof head);
    if ((head.nla_type & NLA_TYPE_MASK) == IFLA_BRIDGE_VLAN_INFO &&
        payload.size() >= sizeof(bridge_vlan_info)) {
      bridge_vlan_info entry{};
      std::memcpy(&entry, payload.data(), sizeof entry);
      vlans.push_back(
          {.id = entry.vid, .untagged = (entry.flags & BRIDGE_VLAN_INFO_UNTAGGED) != 0});
    }
    rest = rest.subspan(std::min<std::size_t>(NLA_ALIGN(head.nla_len), rest.size()));
  }
  return vlans;
}

void create_vlan_port(Netlink& netlink, const VlanPort& port) {
  netlink.request(
      vlan_port_message(port, interface_index(netlink, port.trunk)),
      fmt::format("create VLAN port {} (802.1Q {}) on {}", port.name, port.id, port.trunk));
}

void filter_by_vlan(Netlink& netlink, const std::string& bridge) {
  netlink.request(vlan_filtering_message(interface_index(netlink, bridge)),
                  "let bridge " + bridge + " forward by VLAN");
}

void add_bridge_vlan(Netlink& netlink, const std::string& port, const BridgeVlan& vlan) {
  netlink.request(bridge_vlan_message(interface_index(netlink, port), vlan, true),
                  fmt::format("make {} a member of VLAN {}", port, vlan.id));
}

void delete_bridge_vlan(Netlink& netlink, const std::string& port, std::uint16_t id) {
  netlink.request(bridge_vlan_message(interface_index(netlink, port), {.id = id}, false),
                  fmt::format("take {} out of VLAN {}", port, id));
}

std::vector<BridgeVlan> bridge_vlans(Netlink& netlink, const std::string& port) {
  const int index = interface_index(netlink, port);
  std::vector<BridgeVlan> vlans;
  NetlinkMessage message{RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP};
  message.fixed(message_about(0, AF_BRIDGE));
  message.attribute(IFLA_EXT_MASK, std::uint32_t{RTEXT_FILTER_BRVLAN});
  netlink.dump(std::move(message), "read the VLANs of " + port, [&](const NetlinkView& answer) {
    const auto info = answer.fixed<ifinfomsg>();
    if (info && info->ifi_index == index) vlans = bridge_vlans_in(answer);
  });
  return vlans;
}

}  // namespace wandrill
