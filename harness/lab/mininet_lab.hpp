// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "mininet/mininet_process.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"
#include "plan/topology/topology_plan.hpp"
#include "sandbox/sandbox.hpp"
#include "scenario/mininet_network.hpp"

namespace wandrill {

/// A network that Mininet has built and that stands, with its namespaces.
class MininetLab {
 public:
  /// One with the slots of a plan. Throws what MininetProcess does, and MachineError when it is not
  /// the network that the plan was made for.
  MininetLab(const Sandbox& sandbox, const TopologyPlan& topology);
  /// One of a file, to be looked at: without slots, and with Linux bridges for all its switches.
  MininetLab(const Sandbox& sandbox, const std::string& file, const std::string& topo);

  /// What stands, for network_from().
  [[nodiscard]] const Json& description() const noexcept { return built_; }
  /// The namespaces of nodes by name.
  [[nodiscard]] NetNs node(const std::string& name) const;
  /// That of a WAN's or line's slot, by its name.
  [[nodiscard]] NetNs slot(const std::string& name) const;
  /// For the reaper of orphans.
  [[nodiscard]] pid_t pid() const noexcept { return process_.pid(); }

 private:
  MininetLab(const Sandbox& sandbox, const Json& request);

  NetNs root_;
  MininetProcess process_;
  Json built_;
};

}  // namespace wandrill
