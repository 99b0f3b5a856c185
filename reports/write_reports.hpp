// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "base/json.hpp"

namespace wandrill {

/// Writes result.json, junit.xml and summary.md into the run folder, each whole or not at all.
/// Throws std::system_error, naming the file (a full disk).
void write_reports(const std::filesystem::path& folder, const Json& document);

}  // namespace wandrill
