// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "measure/measurements.hpp"
#include "measure/trials.hpp"
#include "plan/plan.hpp"
#include "verdict/verdict.hpp"

namespace wandrill {

/// What is known of a run beside its Plan: the Recording's facts, without the Recording.
struct RunSummary {
  std::string wandrill_version;
  std::string kernel;   ///< uname -r
  std::string started;  ///< Wall clock, ISO 8601 in UTC.
  std::string engine;   ///< "wire" or "netem"
  std::string engine_reason;
  std::string folder;  ///< Where the run folder is, as people should type it.
  bool root = false;
  Json calibration;  ///< What is known of the tester; null: it was not calibrated.
};

/// One of several trials of a scenario, in the document that sums them up.
struct TrialResult {
  int trial = 1;
  std::uint64_t seed = 0;
  Outcome outcome = Outcome::kError;
  std::string sentence;
  std::string folder;
};

/// Everything that goes into the result of one run. The references must outlive the call only.
struct ReportInput {
  const Plan& plan;
  const Measurements& measurements;
  const Verdict& verdict;
  RunSummary run;
  std::vector<TrialResult> trials;  ///< Empty unless the scenario asks for several.
  std::vector<TrialRange> ranges;   ///< Of every metric over the trials.
};

/// The one document that every report is rendered from, and that is kept as result.json; its fields
/// are described in docs/result-json.md. Times are seconds, instants seconds since the start of the
/// run's clock.
Json result_document(const ReportInput& input);

}  // namespace wandrill
