// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// What became of the requests of http sessions ("site.success", "site.success@backup"). A request
/// belongs to the phase in which it was made.
void measure_http_requests(const RunIndex& run,
                           const std::map<std::string_view, std::vector<TimeSpan>>& phases,
                           std::map<std::string, Measured>& metrics);

}  // namespace wandrill
