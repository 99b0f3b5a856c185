// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>

#include "base/json.hpp"
#include "net/netns.hpp"
#include "plan/topology/topology_plan.hpp"

namespace wandrill {

/// A Mininet network that a script of the user has started in this machine's own namespaces. It is
/// found by its shells, looked at, and left as it is. Its namespaces last as long as this does.
class StandingNetwork {
 public:
  /// `script`: the process that holds it; nothing: the only network that there is. Throws
  /// MachineError with what to do.
  explicit StandingNetwork(std::optional<pid_t> script);
  /// The one that a plan was made for. Throws MachineError also when it is another one by now.
  explicit StandingNetwork(const TopologyPlan& topology);

  /// What stands, for network_from(). Nodes in the machine's own namespace count as switches.
  [[nodiscard]] const Json& description() const noexcept { return description_; }
  /// A handle of its own on a node's namespace. Throws MachineError for a node that has none.
  [[nodiscard]] NetNs node(const std::string& name) const;

 private:
  std::map<std::string, NetNs> nodes_;
  Json description_;
};

}  // namespace wandrill
