// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "plan/kinds/traffic_plan.hpp"
#include "plan/timeline/expectation_plan.hpp"
#include "plan/timeline/timeline_plan.hpp"
#include "plan/topology/router_plan.hpp"
#include "plan/topology/topology_plan.hpp"

namespace wandrill {

enum class EngineChoice : std::uint8_t { kAuto, kNetem, kWire };

std::string_view to_string(EngineChoice engine);

/// Everything that one run will do, resolved: names, times, seeds, defaults. Pure data: the same
/// scenario and seed give the same Plan, byte for byte.
struct Plan {
  std::string scenario;  ///< Its name.
  std::string description;
  std::string file;  ///< Where it was read from.
  std::uint64_t seed = 0;
  int trials = 1;
  int trial = 1;  ///< Which one this is; its seed is already derived.
  EngineChoice engine = EngineChoice::kAuto;
  bool optional = false;  ///< A missing capability skips the scenario.
  bool steered = false;   ///< Its steps are told from outside; those here are the ones that came.
  bool capture = false;   ///< The packets on the WANs are kept in capture.pcapng.
  TopologyPlan topology;
  RouterPlan router;
  TrafficPlan traffic;
  TimelinePlan timeline;
  std::vector<ExpectationPlan> expectations;
  /// Steady this long, traffic counts as converged: max(5 packets per flow, this) (RFC 6412 3.7.5).
  Nanos sustained_for{0};
};

void to_json(Json& j, const StepPlan& step);
void from_json(const Json& j, StepPlan& step);
void to_json(Json& j, const Plan& plan);
void from_json(const Json& j, Plan& plan);

}  // namespace wandrill
