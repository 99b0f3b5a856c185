// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/ip_address.hpp"
#include "net/netlink.hpp"

namespace wandrill {

/// Gives an interface an address, usable at once (IPv6 without duplicate address detection).
void add_address(Netlink& netlink, int interface_index, const IpPrefix& address);

}  // namespace wandrill
