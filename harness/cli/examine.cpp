// SPDX-License-Identifier: Apache-2.0
#include "cli/examine.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "measure/measure.hpp"
#include "record/recorder.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

/// A run whose cell never got as far as a Recording has an empty one.
Recording recording_of(const fs::path& folder) {
  try {
    return read_recording(folder / "recording");
  } catch (const MachineError&) {
    return {};
  }
}

RunEnd run_end(const RunFacts& facts, const CellEnd& end) {
  RunEnd result{.interrupted = end.interrupted || facts.ending == RunEnding::kInterrupted,
                .error = facts.error,
                .missing_capability = facts.missing_capability};
  if (result.error.empty()) result.error = end.error;
  if (result.error.empty() && facts.ending == RunEnding::kLost && !result.interrupted)
    result.error = "the run was cut off: its recording has no end";
  return result;
}

RunSummary run_summary(const RunFacts& facts, const fs::path& folder) {
  return {.wandrill_version = facts.wandrill_version,
          .kernel = facts.kernel,
          .started = facts.started,
          .engine = facts.engine,
          .engine_reason = facts.engine_reason,
          .folder = folder.lexically_relative(fs::current_path()).native().starts_with("..")
                        ? folder.native()
                        : folder.lexically_relative(fs::current_path()).native(),
          .root = facts.root};
}

}  // namespace

Examined examine(const Plan& plan, const fs::path& folder, const CellEnd& end) {
  const Recording recording = recording_of(folder);
  Examined examined{.plan = plan,
                    .measurements = measure(plan, recording),
                    .run = run_summary(recording.facts, folder)};
  examined.verdict = judge(plan, examined.measurements, run_end(recording.facts, end));
  examined.outcome = examined.verdict.outcome;
  examined.document = result_document({.plan = examined.plan,
                                       .measurements = examined.measurements,
                                       .verdict = examined.verdict,
                                       .run = examined.run});
  return examined;
}

Examined sum_up(const std::vector<Examined>& trials, const fs::path& folder) {
  const auto worst_trial =
      std::ranges::max_element(trials, {}, [](const Examined& trial) { return trial.outcome; });
  Examined result = *worst_trial;
  std::vector<TrialResult> results;
  for (const auto& trial : trials)
    results.push_back({.trial = trial.plan.trial,
                       .seed = trial.plan.seed,
                       .outcome = trial.outcome,
                       .sentence = trial.verdict.sentence,
                       .folder = trial.run.folder});
  std::vector<Measurements> measured;
  for (const auto& trial : trials)
    measured.push_back(trial.measurements);
  result.run.folder = folder.native();
  result.document = result_document({.plan = result.plan,
                                     .measurements = result.measurements,
                                     .verdict = result.verdict,
                                     .run = result.run,
                                     .trials = results,
                                     .ranges = summarise_trials(measured)});
  return result;
}

}  // namespace wandrill
