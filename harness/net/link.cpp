// SPDX-License-Identifier: Apache-2.0
#include "net/link.hpp"

#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kRequest = NLM_F_REQUEST | NLM_F_ACK;
constexpr std::uint16_t kCreate = kRequest | NLM_F_CREATE | NLM_F_EXCL;

ifinfomsg interface_message(int index = 0) {
  ifinfomsg info{};
  info.ifi_family = AF_UNSPEC;
  info.ifi_index = index;
  return info;
}

/// Writes name, namespace, MTU and MAC of one end, behind its ifinfomsg.
void write_end(NetlinkMessage& message, const VethEnd& end) {
  message.text(IFLA_IFNAME, end.name);
  message.attribute(IFLA_NET_NS_FD, static_cast<std::uint32_t>(end.ns.fd()));
  message.attribute(IFLA_MTU, end.mtu);
  // One queue is what a veth uses anyhow. Not asked for, the kernel makes one a CPU and puts all
  // but one out of use, which takes it an RCU grace period.
  message.attribute(IFLA_NUM_TX_QUEUES, std::uint32_t{1});
  message.attribute(IFLA_NUM_RX_QUEUES, std::uint32_t{1});
  if (end.mac != MacAddress{}) message.attribute(IFLA_ADDRESS, end.mac.data(), end.mac.size());
}

ifinfomsg end_message(int index = 0, bool up = true) {
  auto info = interface_message(index);
  info.ifi_flags = up ? IFF_UP : 0;
  info.ifi_change = IFF_UP;
  return info;
}

unsigned flags_of(Netlink& netlink, const std::string& name) {
  unsigned flags = 0;
  NetlinkMessage message{RTM_GETLINK, NLM_F_REQUEST};
  message.fixed(interface_message()).text(IFLA_IFNAME, name);
  netlink.dump(std::move(message), "look at interface " + name, [&](const NetlinkView& answer) {
    if (const auto info = answer.fixed<ifinfomsg>()) flags = info->ifi_flags;
  });
  return flags;
}

/// A request about an interface; a name that is too long for one is of none.
ifreq request_about(const std::string& name) {
  ifreq request{};
  if (name.size() < IFNAMSIZ) name.copy(request.ifr_name, IFNAMSIZ - 1);
  return request;
}

void set_feature(int socket, const std::string& name, std::uint32_t command) {
  ethtool_value value{.cmd = command, .data = 0};
  ifreq request = request_about(name);
  request.ifr_data = reinterpret_cast<char*>(&value);
  if (::ioctl(socket, SIOCETHTOOL, &request) != 0 && errno != EOPNOTSUPP)
    check(-1, "switch offloads of {} off", name);
}

}  // namespace

void create_veth(Netlink& netlink, const VethEnd& a, const VethEnd& b) {
  auto at_b = Netlink::route(b.ns);
  create_veth(netlink, a, at_b, b);
}

void create_veth(Netlink& netlink, const VethEnd& a, Netlink& at_b, const VethEnd& b) {
  NetlinkMessage message{RTM_NEWLINK, kCreate};
  message.fixed(end_message(a.index, a.up));
  write_end(message, a);
  message.nest(IFLA_LINKINFO, [&](NetlinkMessage& info) {
    info.attribute(IFLA_INFO_KIND, "veth", 4);
    info.nest(IFLA_INFO_DATA, [&](NetlinkMessage& data) {
      data.nest(VETH_INFO_PEER, [&](NetlinkMessage& peer) {
        // A veth refuses to open before its peer is there: this end is set up afterwards.
        peer.fixed(interface_message(b.index));
        write_end(peer, b);
      });
    });
  });
  netlink.request(std::move(message), fmt::format("create veth {}–{}", a.name, b.name));
  if (b.up) set_link_up(at_b, b.name);
}

void delete_link(Netlink& netlink, const std::string& name) {
  NetlinkMessage message{RTM_DELLINK, kRequest};
  message.fixed(interface_message(interface_index(netlink, name)));
  netlink.request(std::move(message), "remove interface " + name);
}

void create_bridge(Netlink& netlink, const std::string& name) {
  NetlinkMessage message{RTM_NEWLINK, kCreate};
  message.fixed(end_message()).text(IFLA_IFNAME, name);
  message.nest(IFLA_LINKINFO, [](NetlinkMessage& info) {
    info.attribute(IFLA_INFO_KIND, "bridge", 6);
    info.nest(IFLA_INFO_DATA, [](NetlinkMessage& data) {
      data.attribute(IFLA_BR_STP_STATE, std::uint32_t{0});
      data.attribute(IFLA_BR_FORWARD_DELAY, std::uint32_t{0});
    });
  });
  netlink.request(std::move(message), "create bridge " + name);
}

int interface_index(Netlink& netlink, const std::string& name) {
  ifreq request = request_about(name);
  check(::ioctl(netlink.fd(), SIOCGIFINDEX, &request), "find interface {}", name);
  return request.ifr_ifindex;
}

bool has_interface(Netlink& netlink, int index) {
  NetlinkMessage message{RTM_GETLINK, NLM_F_REQUEST};
  message.fixed(interface_message(index));
  const auto attempt = fmt::format("look at interface {}", index);
  const int error = netlink.try_dump(std::move(message), attempt, [](const NetlinkView&) {});
  if (error != 0 && error != ENODEV)
    throw std::system_error{error, std::generic_category(), attempt};
  return error == 0;
}

void set_link_up(Netlink& netlink, int index, bool up) {
  auto info = interface_message(index);
  info.ifi_flags = up ? IFF_UP : 0;
  info.ifi_change = IFF_UP;
  NetlinkMessage message{RTM_NEWLINK, kRequest};
  message.fixed(info);
  netlink.request(std::move(message),
                  fmt::format("set interface {} {}", index, up ? "up" : "down"));
}

void set_link_up(Netlink& netlink, const std::string& name) {
  set_link_up(netlink, interface_index(netlink, name), true);
}

void set_link_down(Netlink& netlink, const std::string& name) {
  set_link_up(netlink, interface_index(netlink, name), false);
}

void enslave(Netlink& netlink, const std::string& name, const std::string& bridge) {
  NetlinkMessage message{RTM_NEWLINK, kRequest};
  message.fixed(interface_message(interface_index(netlink, name)));
  message.attribute(IFLA_MASTER, static_cast<std::uint32_t>(interface_index(netlink, bridge)));
  netlink.request(std::move(message), fmt::format("put {} into bridge {}", name, bridge));
}

bool has_carrier(Netlink& netlink, const std::string& name) {
  return (flags_of(netlink, name) & IFF_LOWER_UP) != 0;
}

bool is_up(Netlink& netlink, const std::string& name) {
  return (flags_of(netlink, name) & IFF_UP) != 0;
}

std::uint32_t mtu_of(Netlink& netlink, const std::string& name) {
  ifreq request = request_about(name);
  check(::ioctl(netlink.fd(), SIOCGIFMTU, &request), "look at the MTU of {}", name);
  return static_cast<std::uint32_t>(request.ifr_mtu);
}

MacAddress mac_of(Netlink& netlink, const std::string& name) {
  MacAddress mac{};
  NetlinkMessage message{RTM_GETLINK, NLM_F_REQUEST};
  message.fixed(interface_message()).text(IFLA_IFNAME, name);
  netlink.dump(std::move(message), "look at interface " + name, [&](const NetlinkView& answer) {
    if (const auto found = answer.value<MacAddress>(sizeof(ifinfomsg), IFLA_ADDRESS)) mac = *found;
  });
  return mac;
}

void set_mac(Netlink& netlink, const std::string& name, const MacAddress& mac) {
  NetlinkMessage message{RTM_NEWLINK, kRequest};
  message.fixed(interface_message(interface_index(netlink, name)));
  message.attribute(IFLA_ADDRESS, mac.data(), mac.size());
  netlink.request(std::move(message), "set the hardware address of " + name);
}

void disable_offloads(const NetNs& ns, const std::string& name) {
  disable_offloads(Netlink::route(ns), name);
}

void disable_offloads(const Netlink& netlink, const std::string& name) {
  constexpr std::array<std::uint32_t, 4> kCommands{ETHTOOL_STXCSUM, ETHTOOL_STSO, ETHTOOL_SGSO,
                                                   ETHTOOL_SGRO};
  for (const auto command : kCommands)
    set_feature(netlink.fd(), name, command);
}

}  // namespace wandrill
