// SPDX-License-Identifier: Apache-2.0
#include "plan/topology_plan.hpp"

#include <algorithm>
#include <cassert>

namespace wandrill {

const NodePlan* TopologyPlan::node(std::string_view wanted) const {
  const auto found = std::ranges::find(nodes, wanted, &NodePlan::name);
  return found == nodes.end() ? nullptr : &*found;
}

const WanPlan* TopologyPlan::wan(std::string_view wanted) const {
  const auto found = std::ranges::find(wans, wanted, &WanPlan::name);
  return found == wans.end() ? nullptr : &*found;
}

const NodePlan& TopologyPlan::router() const {
  const auto found = std::ranges::find(nodes, NodeKind::kRouter, &NodePlan::kind);
  assert(found != nodes.end());
  return *found;
}

}  // namespace wandrill
