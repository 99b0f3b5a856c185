// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace wandrill {

/// The whole file. Throws std::system_error.
std::string read_file(const std::filesystem::path& path);

/// Writes a file whole or not at all: a temporary file beside it, renamed. Throws
/// std::system_error.
void write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace wandrill
