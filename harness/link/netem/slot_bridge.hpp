// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/netlink.hpp"

namespace wandrill {

/// Joins two interfaces of a slot like a piece of cable: a bridge without spanning tree, snooping
/// and learning, so that every frame that comes in at one goes out at the other at once. It passes
/// the group addresses of IEEE 802.1Q 8.6.3 on (LLDP, 802.1X), except 01-80-C2-00-00-00 to -02,
/// which the kernel keeps for itself.
void bridge_ports(Netlink& netlink, const std::string& first, const std::string& second,
                  const std::string& name = "slot");

}  // namespace wandrill
