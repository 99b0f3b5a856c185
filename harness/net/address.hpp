// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "net/netlink.hpp"

namespace wandrill {

/// Gives an interface an address, usable at once (IPv6 without duplicate address detection).
void add_address(Netlink& netlink, int interface_index, const IpPrefix& address);

/// An interface, and the addresses that it has.
struct InterfaceAddresses {
  int index = 0;
  std::string name;
  std::vector<IpPrefix> addresses;  ///< In the kernel's order, without those of link scope.
};

/// Of every interface in the socket's namespace.
std::vector<InterfaceAddresses> addresses_in(Netlink& netlink);

}  // namespace wandrill
