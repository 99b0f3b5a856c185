// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.hpp"
#include "net/change_text.hpp"
#include "net/netlink_message.hpp"
#include "net/netns.hpp"

namespace wandrill {

/// A change that the kernel told of.
struct NetworkChange {
  std::string kind;    ///< link, address, route, rule, nexthop, neighbour, overrun
  std::string action;  ///< add (or change), delete; empty for an overrun
  std::string text;    ///< "default via 100.64.2.1 dev wan_b"
};

/// Hears what changes in a namespace's links, addresses, routes, rules, next hops and neighbours
/// over rtnetlink's multicast groups. rtnetlink(7).
class NetworkMonitor {
 public:
  explicit NetworkMonitor(const NetNs& ns);

  /// To be polled for reading.
  [[nodiscard]] int fd() const noexcept { return socket_.get(); }
  /// Everything that is there, oldest first; never blocks. When the kernel had to drop notices, a
  /// change of kind "overrun" stands in their place.
  std::vector<NetworkChange> read();

 private:
  void take(const NetlinkView& view, std::vector<NetworkChange>& changes);

  UniqueFd socket_;
  std::vector<std::uint8_t> buffer_;
  InterfaceNames names_;
};

}  // namespace wandrill
