// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>

#include "net/netlink.hpp"

namespace wandrill {

/// How an interface looks after its neighbours' hardware addresses (ARP, RFC 826; neighbour
/// discovery, RFC 4861 section 7.3; arp(7)).
struct NeighbourTimes {
  /// How long a confirmed address is trusted: the kernel draws from 0.5 to 1.5 times this.
  std::chrono::milliseconds reachable;
  /// How long after its first use an address is asked for that was only heard of, or has aged.
  std::chrono::milliseconds delay_probe;
};

/// Both families, where the interface has them. Throws std::system_error.
void set_neighbour_times(Netlink& netlink, int interface, const NeighbourTimes& times);

}  // namespace wandrill
