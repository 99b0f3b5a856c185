// SPDX-License-Identifier: Apache-2.0
#include "cli/trial_sum.hpp"

#include <algorithm>
#include <cassert>

#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/metric_catalogue.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

/// The longest time that any flow was dark.
double longest_gap_of(const Examined& trial) {
  double longest = 0.0;
  for (const auto& flow : trial.plan.traffic.flows) {
    const auto found =
        trial.measurements.metrics.find(metric_key(flow.name, metrics::flow::kLongestGap));
    if (found != trial.measurements.metrics.end())
      longest = std::max(longest, found->second.value.value_or(0.0));
  }
  return longest;
}

}  // namespace

void TrialSum::add(Examined trial) {
  ranges_.add(trial.measurements);
  results_.push_back({.trial = trial.plan.trial,
                      .seed = trial.plan.seed,
                      .outcome = trial.outcome,
                      .sentence = trial.verdict.sentence,
                      .folder = trial.run.folder});
  const auto gap = longest_gap_of(trial);
  if (worst_ && std::pair{trial.outcome, gap} <= std::pair{worst_->outcome, longest_gap_}) return;
  worst_ = std::move(trial);
  worst_->document = nullptr;
  longest_gap_ = gap;
}

Examined TrialSum::result(const fs::path& folder) const {
  assert(worst_);
  Examined result = *worst_;
  for (auto& judged : result.verdict.expectations)
    if (!judged.evidence.empty())
      judged.evidence = fs::path{result.run.folder}.filename() / judged.evidence;
  result.run.folder = folder.native();
  result.document = result_document({.plan = result.plan,
                                     .measurements = result.measurements,
                                     .verdict = result.verdict,
                                     .run = result.run,
                                     .trials = results_,
                                     .ranges = ranges_.ranges()});
  return result;
}

}  // namespace wandrill
