// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/json.hpp"

namespace wandrill::testing {

/// Result documents of made-up runs, by name: "pass", "fail", "error", "inconclusive", "skipped",
/// "no_effect" (a fault that did nothing), "interrupted", "never" (a failover that never came) and
/// "trials". Together they have every field
/// and every outcome.
std::vector<std::pair<std::string, Json>> sample_documents();

/// A passing document in which every text holds the characters that XML, HTML or Markdown treat
/// specially.
Json awkward_document();

}  // namespace wandrill::testing
