// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.hpp"
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
  [[nodiscard]] std::string route_text(const NetlinkView& view) const;
  [[nodiscard]] std::string neighbour_text(const NetlinkView& view) const;
  [[nodiscard]] std::string interface_name(std::uint32_t index) const;

  UniqueFd socket_;
  std::vector<std::uint8_t> buffer_;
  std::map<std::uint32_t, std::string> names_;  ///< Interfaces by index.
};

}  // namespace wandrill
