// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "plan/faults/fault_plan.hpp"
#include "scenario/placed.hpp"
#include "scenario/scenario.hpp"

// What faults of lines have in common: values that a step names, and how they read.
namespace wandrill {

/// What the step does not name stays as it is.
template <typename T>
void set_from(const std::optional<Placed<T>>& named, T& value) {
  if (named) value = named->value;
}

/// The chance that a step names, in clusters if it asks for them.
inline CorrelatedProbability chance_of(const Placed<Percent>& share, const StepSpec& step) {
  CorrelatedProbability chance{.share = share.value, .correlation = {}};
  set_from(step.correlation, chance.correlation);
  return chance;
}

inline bool loses_everything(const FaultAction& fault) {
  return fault.value.loss >= Percent{100};
}

/// ", correlation 25%"; empty without one.
inline std::string correlation_text(Percent correlation) {
  return correlation.value == 0.0 ? "" : ", correlation " + to_string(correlation);
}

/// "5%, correlation 25%"
inline std::string probability_text(const CorrelatedProbability& chance) {
  return to_string(chance.share) + correlation_text(chance.correlation);
}

}  // namespace wandrill
