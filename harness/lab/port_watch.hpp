// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "lab/network.hpp"
#include "plan/topology/topology_plan.hpp"

namespace wandrill {

/// Looks whether every cable of the lab is still plugged in at both ends. A program of the lab can
/// delete an interface, as Mininet does in net.stop(); what traffic meets then says nothing of the
/// router. Renamed, set down or without addresses, an interface is still there.
class PortWatch {
 public:
  /// Remembers the interfaces that the plan's links have now. `network` must outlive it. Throws
  /// std::system_error when one is not there.
  PortWatch(Network& network, const TopologyPlan& topology);

  /// The first link that has gone since, in a sentence; empty when all are there.
  [[nodiscard]] std::string loss();

 private:
  struct Port {
    LiveNode* node = nullptr;
    int index = 0;
    std::string title;  ///< "WAN wan_a", "the link of lan of router to router of lan"
  };

  std::vector<Port> ports_;
};

}  // namespace wandrill
