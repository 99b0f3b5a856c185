// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <vector>

#include "base/ip_address.hpp"
#include "net/link.hpp"
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

/// What an interface knows of one neighbour.
struct Neighbour {
  IpAddress address;
  MacAddress mac{};
  std::uint16_t state = 0;  ///< NUD_… of linux/neighbour.h.

  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// Those of an interface whose hardware address is known, both families; not multicast.
std::vector<Neighbour> dump_neighbours(Netlink& netlink, int interface);
/// Adds it, or changes the one of this address.
void set_neighbour(Netlink& netlink, int interface, const Neighbour& neighbour);

/// Both families, where the interface has them. Throws std::system_error.
void set_neighbour_times(Netlink& netlink, int interface, const NeighbourTimes& times);

}  // namespace wandrill
