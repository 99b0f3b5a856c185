// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string_view>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// The parts of the run that each phase of phase_names() is made of, in order of time.
std::map<std::string_view, std::vector<TimeSpan>> find_phases(
    const RunIndex& run, const std::vector<Transition>& transitions);

}  // namespace wandrill
