// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "cli/supervisor.hpp"
#include "measure/measurements.hpp"
#include "reports/result.hpp"

namespace wandrill {

/// A run, measured and judged.
struct Examined {
  Plan plan;
  Measurements measurements;
  Verdict verdict;
  RunSummary run;
  Outcome outcome = Outcome::kError;
  Json document;
};

/// Reads a run's Recording, measures and judges it. `end`: how its cell ended, as far as the
/// Recording does not say so itself.
Examined examine(const Plan& plan, const std::filesystem::path& folder, const CellEnd& end);

/// The trials of one scenario as one result: the worst trial's, with every trial's outcome and the
/// spread of the metrics.
Examined sum_up(const std::vector<Examined>& trials, const std::filesystem::path& folder);

}  // namespace wandrill
