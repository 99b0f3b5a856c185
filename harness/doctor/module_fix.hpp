// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace wandrill {

/// A fix that begins with "modprobe", as it is where this kernel has those modules: below
/// `modules`, its folder in /lib/modules. Where it has not, what else helps. Any other fix: empty.
std::string better_fix(const std::string& fix, const std::filesystem::path& modules);

}  // namespace wandrill
