// SPDX-License-Identifier: Apache-2.0
#include "net/wireguard.hpp"

#include <cerrno>

#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/time_types.h>
#include <linux/wireguard.h>
#include <sys/socket.h>

namespace wandrill {
namespace {

/// Strict families refuse nested attributes that do not say so.
constexpr std::uint16_t nested(std::uint16_t type) {
  return static_cast<std::uint16_t>(type | NLA_F_NESTED);
}

genlmsghdr command(std::uint8_t number, std::uint8_t version) {
  genlmsghdr header{};
  header.cmd = number;
  header.version = version;
  return header;
}

void write_allowed(NetlinkMessage& message, const IpPrefix& prefix) {
  const auto& address = prefix.address;
  const std::uint16_t family = address.family() == Family::kIpv4 ? AF_INET : AF_INET6;
  message.nest(nested(0), [&](NetlinkMessage& entry) {
    entry.attribute(WGALLOWEDIP_A_FAMILY, family);
    entry.attribute(WGALLOWEDIP_A_IPADDR, address.data(), address.size());
    entry.attribute(WGALLOWEDIP_A_CIDR_MASK, prefix.length);
  });
}

void write_peer(NetlinkMessage& message, const WireguardPeer& peer) {
  message.attribute(WGPEER_A_PUBLIC_KEY, peer.key);
  message.attribute(WGPEER_A_FLAGS, std::uint32_t{WGPEER_F_REPLACE_ALLOWEDIPS});
  if (peer.endpoint)
    message.attribute(WGPEER_A_ENDPOINT, peer.endpoint->get(), peer.endpoint->length);
  message.attribute(WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL,
                    static_cast<std::uint16_t>(peer.keepalive.count()));
  message.nest(nested(WGPEER_A_ALLOWEDIPS), [&](NetlinkMessage& list) {
    for (const auto& prefix : peer.allowed)
      write_allowed(list, prefix);
  });
}

/// The number of WireGuard's family; nothing where the kernel does not know it (yet).
std::uint16_t find_family(Netlink& netlink) {
  std::uint16_t family = 0;
  NetlinkMessage question{GENL_ID_CTRL, NLM_F_REQUEST};
  question.fixed(command(CTRL_CMD_GETFAMILY, 1)).text(CTRL_ATTR_FAMILY_NAME, WG_GENL_NAME);
  netlink.dump(std::move(question), "find WireGuard in the kernel", [&](const NetlinkView& answer) {
    family = answer.value<std::uint16_t>(sizeof(genlmsghdr), CTRL_ATTR_FAMILY_ID).value_or(0);
  });
  return family;
}

}  // namespace

NetlinkMessage wireguard_device_message(std::uint16_t family, const WireguardDevice& device) {
  NetlinkMessage message{family, NLM_F_REQUEST | NLM_F_ACK};
  message.fixed(command(WG_CMD_SET_DEVICE, WG_GENL_VERSION)).text(WGDEVICE_A_IFNAME, device.name);
  message.attribute(WGDEVICE_A_PRIVATE_KEY, device.secret);
  message.attribute(WGDEVICE_A_LISTEN_PORT, device.port);
  message.attribute(WGDEVICE_A_FLAGS, std::uint32_t{WGDEVICE_F_REPLACE_PEERS});
  message.nest(nested(WGDEVICE_A_PEERS), [&](NetlinkMessage& peers) {
    peers.nest(nested(0), [&](NetlinkMessage& peer) { write_peer(peer, device.peer); });
  });
  return message;
}

bool tells_of_handshake(const NetlinkView& answer) {
  const auto peers = answer.find(sizeof(genlmsghdr), WGDEVICE_A_PEERS);
  if (!peers) return false;
  const auto peer = find_attribute(*peers, 0);
  if (!peer) return false;
  const auto when = find_attribute(*peer, WGPEER_A_LAST_HANDSHAKE_TIME);
  __kernel_timespec stamp{};
  if (!when || when->size() < sizeof stamp) return false;
  std::memcpy(&stamp, when->data(), sizeof stamp);
  return stamp.tv_sec != 0 || stamp.tv_nsec != 0;
}

bool create_wireguard(Netlink& netlink, const std::string& name) {
  const std::string attempt = "create WireGuard interface " + name;
  ifinfomsg info{};
  info.ifi_family = AF_UNSPEC;
  NetlinkMessage message{RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL};
  message.fixed(info).text(IFLA_IFNAME, name);
  message.nest(IFLA_LINKINFO,
               [](NetlinkMessage& link) { link.attribute(IFLA_INFO_KIND, "wireguard", 9); });
  const int error = netlink.try_request(std::move(message), attempt);
  if (error == EOPNOTSUPP) return false;
  if (error != 0) throw std::system_error{error, std::generic_category(), attempt};
  return true;
}

bool kernel_has_wireguard() {
  const NetNs scratch = NetNs::create();
  auto netlink = Netlink::route(scratch);
  return create_wireguard(netlink, "tried");
}

WireguardControl::WireguardControl(const NetNs& ns)
    : netlink_{ns, NETLINK_GENERIC}, family_{find_family(netlink_)} {}

void WireguardControl::configure(const WireguardDevice& device) {
  netlink_.request(wireguard_device_message(family_, device),
                   "configure WireGuard interface " + device.name);
}

bool WireguardControl::has_shaken_hands(const std::string& name) {
  bool shaken = false;
  NetlinkMessage question{family_, NLM_F_REQUEST | NLM_F_DUMP};
  question.fixed(command(WG_CMD_GET_DEVICE, WG_GENL_VERSION)).text(WGDEVICE_A_IFNAME, name);
  netlink_.dump(std::move(question), "read WireGuard interface " + name,
                [&](const NetlinkView& answer) { shaken |= tells_of_handshake(answer); });
  return shaken;
}

}  // namespace wandrill
