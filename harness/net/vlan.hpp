// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "net/netlink.hpp"

namespace wandrill {

/// An 802.1Q port on top of another: what it sends leaves the other one with the VLAN's tag, and it
/// gets what comes with that tag. vlan in ip-link(8).
struct VlanPort {
  std::string name;   ///< At most 15 characters.
  std::string trunk;  ///< The port that it stands on.
  std::uint16_t id = 1;
};

/// A VLAN that a port of a bridge is a member of. bridge(8).
struct BridgeVlan {
  std::uint16_t id = 1;
  /// What comes without a tag belongs to this VLAN, and what leaves has no tag: an access port.
  bool untagged = false;

  friend bool operator==(const BridgeVlan&, const BridgeVlan&) = default;
};

/// The messages, apart from the socket that they are sent on.
NetlinkMessage vlan_port_message(const VlanPort& port, int trunk_index);
NetlinkMessage vlan_filtering_message(int bridge_index);
NetlinkMessage bridge_vlan_message(int port_index, const BridgeVlan& vlan, bool member);
/// The VLANs in an answer to a question for AF_BRIDGE links with their VLANs.
std::vector<BridgeVlan> bridge_vlans_in(const NetlinkView& answer);

/// Makes it, up. Throws std::system_error; EOPNOTSUPP where the kernel has no 802.1Q.
void create_vlan_port(Netlink& netlink, const VlanPort& port);
/// Lets a bridge forward by VLAN: from now on a port carries only the VLANs that it is a member of.
/// Throws std::system_error; EOPNOTSUPP where the kernel's bridges cannot.
void filter_by_vlan(Netlink& netlink, const std::string& bridge);
/// Makes a bridge's port a member of a VLAN, or none any more.
void add_bridge_vlan(Netlink& netlink, const std::string& port, const BridgeVlan& vlan);
void delete_bridge_vlan(Netlink& netlink, const std::string& port, std::uint16_t id);
/// What a bridge's port is a member of.
std::vector<BridgeVlan> bridge_vlans(Netlink& netlink, const std::string& port);

}  // namespace wandrill
