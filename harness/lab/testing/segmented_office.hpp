// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/resolve.hpp"

namespace wandrill::testing {

/// topologies/segmented_office.yaml, with its VLANs or with a router's port for each segment. To be
/// called in the source folder.
inline TopologyPlan segmented_office(bool tagged) {
  auto loaded = load_scenario("scenarios/segmented-failover.yaml");
  for (auto& segment : loaded.topology.segments)
    if (!tagged) segment.vlan.reset();
  return resolve(loaded).topology;
}

}  // namespace wandrill::testing
