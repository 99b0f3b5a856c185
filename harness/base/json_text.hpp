// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/json.hpp"

namespace wandrill {

/// Deeper than anything that we write. The JSON library writes by recursion: what is nested deeper
/// must not become a value.
inline constexpr std::size_t kDeepestJson = 64;

/// Nothing for what is no JSON, or is nested deeper than kDeepestJson. Never throws.
std::optional<Json> parse_json(std::string_view text);

/// Of a file that we wrote ourselves. Throws MachineError that names the file and says that it is
/// damaged; std::system_error when it cannot be read.
Json read_json(const std::filesystem::path& path);

}  // namespace wandrill
