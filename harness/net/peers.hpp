// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "net/netlink.hpp"
#include "net/netns.hpp"

namespace wandrill {

/// An interface and where its other end is: rtnetlink(7), IFLA_LINK and IFLA_LINK_NETNSID.
struct InterfacePeer {
  int index = 0;
  std::string name;
  std::string master;       ///< The bridge that it is a port of; empty: none.
  int peer = 0;             ///< The other end's index; 0: it has none.
  std::optional<int> nsid;  ///< The other end's namespace, as numbered here; nothing: this one.
};

/// Of every interface in the socket's namespace, by index.
std::vector<InterfacePeer> peers_in(Netlink& netlink);

/// The number that `netlink`'s namespace has for `other`; nothing: none yet.
std::optional<int> nsid_of(Netlink& netlink, const NetNs& other);

}  // namespace wandrill
