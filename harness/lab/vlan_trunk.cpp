// SPDX-License-Identifier: Apache-2.0
#include "lab/vlan_trunk.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "lab/network.hpp"
#include "net/address.hpp"
#include "net/link.hpp"
#include "net/sysctl.hpp"
#include "net/vlan.hpp"

namespace wandrill {
namespace {

const std::string kTrunkPort{kTrunk};
/// What every port of a bridge is a member of at first.
constexpr std::uint16_t kDefaultVlan = 1;

/// A tagged port on a veth, in front of a switch with a port in a VLAN.
void try_vlans() {
  const NetNs scratch = NetNs::create();
  Netlink netlink = Netlink::route(scratch);
  create_veth(netlink, {.ns = scratch, .name = "trunk"}, {.ns = scratch, .name = "switch_port"});
  create_vlan_port(netlink, {.name = "tagged", .trunk = "trunk", .id = 20});
  create_bridge(netlink, "switch");
  enslave(netlink, "switch_port", "switch");
  filter_by_vlan(netlink, "switch");
  add_bridge_vlan(netlink, "switch_port", {.id = 20});
}

void set_vlans(Netlink& netlink, const std::string& port, const std::vector<BridgeVlan>& vlans) {
  delete_bridge_vlan(netlink, port, kDefaultVlan);
  for (const auto& vlan : vlans)
    add_bridge_vlan(netlink, port, vlan);
}

void add_tagged_port(LiveNode& router, const SegmentPlan& segment) {
  create_vlan_port(router.netlink,
                   {.name = segment.interface, .trunk = kTrunkPort, .id = segment.vlan});
  disable_offloads(router.netlink, segment.interface);
  const int index = interface_index(router.netlink, segment.interface);
  for (const auto& gateway : segment.gateways)
    add_address(router.netlink, index, gateway);
}

}  // namespace

void require_vlans(const TopologyPlan& topology) {
  if (!topology.has_vlans()) return;
  try {
    try_vlans();
  } catch (const std::system_error& error) {
    if (error.code().value() != EOPNOTSUPP) throw;
    throw MachineError{fmt::format(
        "build the tagged segments of topology '{}': this kernel has no 802.1Q. Load it (modprobe "
        "8021q), add --vm to run with a kernel that has it, or take 'vlan' from the segments: each "
        "then has a port of the router to itself",
        topology.name)};
  }
}

void build_trunk(const TopologyPlan& topology, LiveNode& router, LiveNode& lan) {
  // Nothing is to leave a trunk without a tag, not even the kernel's own neighbour discovery.
  write_sysctl(router.ns, "net.ipv6.conf." + kTrunkPort + ".disable_ipv6", "1");
  filter_by_vlan(lan.netlink, kSwitchBridge);
  std::vector<BridgeVlan> tagged;
  for (const auto& segment : topology.segments) {
    if (segment.vlan == 0) continue;
    add_tagged_port(router, segment);
    tagged.push_back({.id = segment.vlan});
    for (const auto& node : topology.nodes)
      if (node.segment == segment.name)
        set_vlans(lan.netlink, node.name, {{.id = segment.vlan, .untagged = true}});
  }
  set_vlans(lan.netlink, std::string{kSwitchUplink}, tagged);
}

}  // namespace wandrill
