// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace wandrill {

/// Runs a command (the user's shell when empty) inside a node of a running lab. Returns its exit
/// status. Throws MachineError that names the nodes there are when `node` is none of them, or that
/// says that the run is over.
int enter_node(const std::filesystem::path& run_folder, const std::string& node,
               std::vector<std::string> command);

/// Mininet's own command line, on a lab that it has built. Returns its exit status. Throws
/// MachineError when the run is over.
int enter_mininet(const std::filesystem::path& run_folder);

}  // namespace wandrill
