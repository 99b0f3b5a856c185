// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "net/netlink.hpp"

namespace wandrill {

using MacAddress = std::array<std::uint8_t, 6>;

/// One end of a veth pair: where it is to appear, and under which name.
struct VethEnd {
  const NetNs& ns;
  std::string name;  ///< At most 15 characters.
  MacAddress mac{};  ///< All zero: the kernel chooses.
  std::uint32_t mtu = 1500;
  /// 0: the kernel chooses. Where the two ends of a pair happen to have the same index, the kernel
  /// takes them for one device and may tell of a lost carrier up to 1 s late (linkwatch).
  int index = 0;
  bool up = true;  ///< Set up at once.
};

/// Makes a veth pair with both ends already in their namespaces: nothing ever sits in the one that
/// `netlink` is in. The pair lives until either namespace ends. veth(4).
void create_veth(Netlink& netlink, const VethEnd& a, const VethEnd& b);
/// The same with a socket that is in b's namespace already.
void create_veth(Netlink& netlink, const VethEnd& a, Netlink& at_b, const VethEnd& b);

/// Ends an interface; of a veth pair both.
void delete_link(Netlink& netlink, const std::string& name);

/// Makes a bridge without spanning tree, so that it forwards at once.
void create_bridge(Netlink& netlink, const std::string& name);

/// The interface's index. Throws std::system_error when there is none of that name.
int interface_index(Netlink& netlink, const std::string& name);
bool has_interface(Netlink& netlink, int index);

void set_link_up(Netlink& netlink, const std::string& name);
void set_link_down(Netlink& netlink, const std::string& name);
void set_link_up(Netlink& netlink, int index, bool up);
void enslave(Netlink& netlink, const std::string& name, const std::string& bridge);
/// The link's physical layer is up, seen from this end.
bool has_carrier(Netlink& netlink, const std::string& name);
bool is_up(Netlink& netlink, const std::string& name);

std::uint32_t mtu_of(Netlink& netlink, const std::string& name);
MacAddress mac_of(Netlink& netlink, const std::string& name);
/// At once, while it is up. The kernel forgets all neighbours on it.
void set_mac(Netlink& netlink, const std::string& name, const MacAddress& mac);

/// Switches segmentation, receive aggregation and checksum offloads off, so that one packet on the
/// wire is one packet, with a true checksum. ethtool(8) ioctls; what a driver lacks is passed over.
void disable_offloads(const NetNs& ns, const std::string& name);
/// The same with a socket that is in the interface's namespace already.
void disable_offloads(const Netlink& netlink, const std::string& name);

}  // namespace wandrill
