// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "plan/faults/fault_plan.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// A key of a step that only some faults have.
struct FaultKey {
  std::string_view key;
  const Place* (*place_in)(const StepSpec& step);  ///< Null if the step does not have the key.
  std::vector<FaultKind> used_by;
  std::vector<FaultKind> required_by;
};

/// All of them. docs/faults.md lists each under the faults that use it.
const std::vector<FaultKey>& fault_keys();

/// Says which keys of a step belong to another kind of fault or to none, and which are missing.
void check_fault_keys(const StepSpec& step, Mistakes& mistakes);

}  // namespace wandrill
