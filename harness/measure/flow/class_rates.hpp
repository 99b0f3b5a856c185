// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// What arrived of each class of the topology's `capacity` ("class.voice.up.rate@backup").
void measure_classes(const RunIndex& run,
                     const std::map<std::string_view, std::vector<TimeSpan>>& phases,
                     std::map<std::string, Measured>& metrics);

}  // namespace wandrill
