// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <vector>

#include "base/json.hpp"

namespace wandrill::testing {

/// What a test in a cell reads and starts: the tree, which is the working directory, and the
/// folder of the test's own program. A checkout below /tmp is hidden without.
std::vector<std::filesystem::path> folders_of_the_test();

/// Runs `body` in a cell of its own and gives what it reported; an exception comes as its text.
Json in_cell(const std::function<Json()>& body);

}  // namespace wandrill::testing
