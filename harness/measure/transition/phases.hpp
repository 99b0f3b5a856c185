// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// The whole run, and what of it is of each phase of phase_names(). Needs `run.transitions`.
std::vector<RunPart> find_parts(const RunIndex& run);

}  // namespace wandrill
