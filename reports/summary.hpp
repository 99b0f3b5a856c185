// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/json.hpp"

namespace wandrill {

/// The end of a run on a terminal or in a log: the outcome in one word, what it meant for the
/// people, the tables, the findings, the tester's own error and the run folder. Cells are wrapped
/// so that lines stay within `width` columns where the words allow it. `colour`: ANSI colours for
/// the outcomes.
std::string summary_text(const Json& document, std::size_t width, bool colour);

/// The same as Markdown, for summary.md and for the job pages of CI systems.
std::string summary_markdown(const Json& document);

}  // namespace wandrill
