// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace wandrill {

/// Makes `base`/<UTC time>-<scenario> (with "-2" and so on when it is taken) and returns it,
/// absolute. Throws std::system_error.
std::filesystem::path create_run_folder(const std::filesystem::path& base,
                                        const std::string& scenario);

}  // namespace wandrill
