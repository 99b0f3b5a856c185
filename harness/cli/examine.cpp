// SPDX-License-Identifier: Apache-2.0
#include "cli/examine.hpp"

#include "base/error.hpp"
#include "cli/calibrate_command.hpp"
#include "cli/evidence.hpp"
#include "measure/measure.hpp"
#include "record/journal.hpp"
#include "record/recorder.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

RunEnd run_end(const RunFacts& facts, const CellEnd& end, const fs::path& folder) {
  RunEnd result{.interrupted = end.interrupted || facts.ending == RunEnding::kInterrupted,
                .error = facts.error,
                .missing_capability = facts.missing_capability};
  if (result.error.empty()) result.error = end.error;
  if (facts.ending != RunEnding::kComplete)
    result.in_force = in_force_at_end(read_journal(folder / "journal.jsonl"));
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
          .root = facts.root,
          .calibration = calibration_quote(calibration_key(facts.kernel, facts.engine, facts.root),
                                           facts.started)};
}

CellEnd with_damage(CellEnd end, const std::string& damage) {
  if (end.error.empty()) end.error = damage;
  return end;
}

/// Evidence that a full disk has no room for must not cost the verdict.
void keep_what_can_be(const Plan& plan, const Recording& recording, const fs::path& folder,
                      Verdict& verdict) {
  try {
    keep_evidence(plan, recording, folder, verdict);
  } catch (const std::exception& error) {
    for (auto& judged : verdict.expectations)
      if (judged.outcome == Outcome::kFail && judged.evidence.empty())
        judged.evidence_note = error.what();
  }
}

}  // namespace

Examined examine_run(const Plan& plan, const fs::path& folder, const CellEnd& end) {
  // A run whose cell never got as far as a Recording has an empty one.
  if (!fs::exists(folder / "recording")) return examine(plan, {}, folder, end);
  try {
    return examine(plan, open_recording(folder / "recording"), folder, end);
  } catch (const MachineError& damage) {
    return examine(plan, {}, folder, with_damage(end, damage.what()));
  }
}

Examined examine(const Plan& plan, const Recording& recording, const fs::path& folder,
                 const CellEnd& end) {
  Examined examined{.plan = plan,
                    .measurements = measure(plan, recording),
                    .run = run_summary(recording.facts, folder)};
  examined.verdict = judge(plan, examined.measurements, run_end(recording.facts, end, folder));
  keep_what_can_be(plan, recording, folder, examined.verdict);
  examined.outcome = examined.verdict.outcome;
  examined.document = result_document({.plan = examined.plan,
                                       .measurements = examined.measurements,
                                       .verdict = examined.verdict,
                                       .run = examined.run});
  return examined;
}

}  // namespace wandrill
