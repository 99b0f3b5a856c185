// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/capacity_plan.hpp"

#include <algorithm>

#include "plan/kinds/traffic_plan.hpp"
#include "plan/topology/topology_plan.hpp"

namespace wandrill {

const CapacityClass* class_of(const TopologyPlan& topology, const SessionPlan& session) {
  for (const auto& one : topology.capacity) {
    const bool is_from =
        one.from.empty() || std::ranges::find(one.from, session.client.node) != one.from.end();
    if (is_from && one.dscp.value_or(session.dscp) == session.dscp) return &one;
  }
  return nullptr;
}

bool CapacityCheck::fits() const {
  return std::ranges::all_of(spare, [](const auto& left) { return left.value_or(0) >= 0; });
}

std::vector<CapacityCheck> check_capacity(const TopologyPlan& topology) {
  std::vector<CapacityCheck> checks;
  std::int64_t up = 0;
  std::int64_t down = 0;
  for (const auto& one : topology.capacity)
    for (const auto direction : {Direction::kUp, Direction::kDown}) {
      const bool is_up = direction == Direction::kUp;
      auto& needed = is_up ? up : down;
      if (one.needs(direction).value == 0) continue;
      needed += static_cast<std::int64_t>(one.needs(direction).value);
      CapacityCheck check{.needy = &one, .direction = direction, .spare = {}};
      for (const auto& wan : topology.wans) {
        const auto rate = static_cast<std::int64_t>((is_up ? wan.up : wan.down).rate.value);
        check.spare.push_back(rate == 0 ? std::nullopt : std::optional{rate - needed});
      }
      checks.push_back(std::move(check));
    }
  return checks;
}

}  // namespace wandrill
