// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "cli/examine.hpp"
#include "measure/trials.hpp"

namespace wandrill {

/// The trials of one scenario as one result: that of the worst trial (of several with the worst
/// outcome, the one with the longest gap), with every trial's outcome and the spread of the
/// metrics. Of the other trials it keeps what it says of them, and nothing more.
class TrialSum {
 public:
  void add(Examined trial);
  /// At least one trial was added. `folder`: that of all trials.
  [[nodiscard]] Examined result(const std::filesystem::path& folder) const;

 private:
  std::optional<Examined> worst_;  ///< Its document is not kept: the result makes one anew.
  double longest_gap_ = 0.0;       ///< Of the worst trial.
  std::vector<TrialResult> results_;
  TrialRanges ranges_;
};

}  // namespace wandrill
