// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/fields.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// The value of a required key; empty, at the section's place, if it is a mistake.
template <typename T>
Placed<T> or_empty(std::optional<Placed<T>> value, const Place& place) {
  return value ? std::move(*value) : Placed<T>{.place = place};
}

/// The steps of a timeline or a repeat.
std::vector<StepSpec> decode_steps(const std::vector<const YamlNode*>& nodes);
ConditionSpec decode_condition(const YamlNode& node);
SessionSpec decode_session(const YamlEntry& entry);

}  // namespace wandrill
