// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "net/conntrack.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"
#include "refrouter/config.hpp"

namespace wandrill {

/// What the kernel refused, one text each: a port that is down is no reason to leave the other
/// family behind.
using Refusals = std::vector<std::string>;

/// The kernel's side of the router in the current network namespace: a table of routes and policy
/// rules for each WAN, NAT, and the default routes of the main table. What it wrote stays when it
/// goes.
class DataPlane {
 public:
  /// Changes nothing yet. `config` must outlive it. Throws std::system_error when a WAN's interface
  /// does not exist.
  explicit DataPlane(const RefrouterConfig& config);

  /// Rules, the WANs' tables and NAT, in the place of what an earlier run left. Throws
  /// std::system_error or MachineError.
  void install();
  /// Points the main table's default routes at a WAN for the first time.
  Refusals start_on(std::size_t wan);
  /// Points the main table's default routes at a WAN, each replaced in place; IPv6 only if the
  /// configuration says that it is moved.
  Refusals point_at(std::size_t wan);
  /// Writes the routes of a WAN again, also those of the main table when it is the `active` one:
  /// the kernel drops them when its port is set down.
  Refusals restore(std::size_t wan, std::size_t active);
  void flush_connections() { conntrack_.flush(); }
  [[nodiscard]] bool has_carrier(std::size_t wan);

 private:
  void point_family_at(Family family, std::size_t wan, Refusals& refused);
  void install_rules(Family family);
  void loosen_reverse_path_filter(const std::string& interface);

  NetNs ns_ = NetNs::current();
  const RefrouterConfig& config_;
  Netlink netlink_;
  Conntrack conntrack_;
};

}  // namespace wandrill
