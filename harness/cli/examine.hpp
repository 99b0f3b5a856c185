// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "cli/supervisor.hpp"
#include "measure/measurements.hpp"
#include "record/recording.hpp"
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

/// Measures and judges a Recording. `end`: how its cell ended, as far as the Recording does not say
/// so itself.
Examined examine(const Plan& plan, const Recording& recording, const std::filesystem::path& folder,
                 const CellEnd& end);
/// As above, of the run that has just ended in `folder`: a Recording that cannot be read makes it
/// an error.
Examined examine_run(const Plan& plan, const std::filesystem::path& folder, const CellEnd& end);

}  // namespace wandrill
