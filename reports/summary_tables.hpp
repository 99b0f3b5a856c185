// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/json.hpp"

namespace wandrill {

/// A table of the summary, before it is text or Markdown. Every row has as many cells as the head.
struct SummaryTable {
  std::string title;
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
};

/// The tables of a result document, in the order in which people read them: expectations,
/// transitions, sessions, flows, trials. Empty ones are left out.
std::vector<SummaryTable> summary_tables(const Json& document);

/// A bucket of findings with its title, in the document's order; empty ones are left out.
struct FindingBucket {
  std::string title;
  std::vector<Json> findings;
};
std::vector<FindingBucket> finding_buckets(const Json& document);

/// The tester's own error, in one sentence.
std::string tester_text(const Json& document);

/// What the latest calibration says of the tester, or that there is none.
std::string calibration_text(const Json& document);

/// On what the run was made: "router reference, engine wire, seed 7, kernel 6.1, wandrill 0.1.0".
std::string setting_text(const Json& document);

}  // namespace wandrill
