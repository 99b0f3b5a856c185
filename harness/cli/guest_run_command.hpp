// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

namespace wandrill {

/// Runs a program in the VM of `run --vm`, as root, in this folder, which it sees as it is; what it
/// writes stays in the VM. Prints what it said when it has ended, and returns its exit code.
int run_in_guest(const std::vector<std::string>& command);

}  // namespace wandrill
