// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace wandrill {

/// Makes `base`/<UTC time>-<scenario> (with "-2" and so on when it is taken) and returns it,
/// absolute. Throws MachineError that says how to choose another place.
std::filesystem::path create_run_folder(const std::filesystem::path& base,
                                        const std::string& scenario);

/// Whether the cell of a run is alive: what cell.json says, as far as it is still true.
bool is_going_on(const std::filesystem::path& run_folder);

}  // namespace wandrill
