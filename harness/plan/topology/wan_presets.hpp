// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "plan/impairment.hpp"

namespace wandrill {

/// A typical line of one kind: its steady state in both directions.
struct WanPreset {
  std::string_view name;
  Impairment up;
  Impairment down;
};

/// All of them; docs/faults.md says where each number comes from.
std::span<const WanPreset> wan_presets();

/// The line of this name; one without limits for a name that is none.
WanPreset typical_line(std::string_view name);

}  // namespace wandrill
