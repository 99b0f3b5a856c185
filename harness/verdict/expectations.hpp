// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "verdict/verdict.hpp"

namespace wandrill {

/// The Plan's expectations, judged, in their order.
std::vector<JudgedExpectation> judge_expectations(const Plan& plan,
                                                  const Measurements& measurements);

/// An abort condition stopped the run.
JudgedExpectation judge_stop(const GateResult& gate);

/// What every run must hold without being asked: no missed failover, no failover that the scenario
/// forbids, every wait reached, steady traffic after the last restore.
std::vector<JudgedExpectation> judge_built_in(const Plan& plan, const Measurements& measurements);

}  // namespace wandrill
