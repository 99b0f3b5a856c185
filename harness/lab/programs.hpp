// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace wandrill {

/// The folder that the running wandrill was started from: its own daemons stand beside it.
std::filesystem::path program_folder();

/// A program as the lab starts it: one of ours ("wandrill-…") by its full path, any other as it is.
std::string resolve_program(const std::string& name);

}  // namespace wandrill
