// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "plan/faults/fault_plan.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// Every edge of a flapping link. Each but the first comes up to `jitter` later, from the seed.
std::vector<FlapEdge> flap_edges(const StepSpec& step, const std::string& id, std::uint64_t seed);

}  // namespace wandrill
