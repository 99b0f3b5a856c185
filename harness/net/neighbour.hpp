// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>

#include "net/netlink.hpp"

namespace wandrill {

/// For how long an interface trusts a neighbour's hardware address (ARP, RFC 826; neighbour
/// discovery, RFC 4861 section 6.3.2) before it asks again: the kernel draws anew from 0.5 to 1.5
/// times `base`. Both families, where the interface has them. Throws std::system_error.
void set_neighbour_reachable_time(Netlink& netlink, int interface, std::chrono::milliseconds base);

}  // namespace wandrill
