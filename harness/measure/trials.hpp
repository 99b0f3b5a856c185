// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "measure/measurements.hpp"

namespace wandrill {

/// One metric over several trials of a scenario. A trial in which it has no value counts as larger
/// than all others: then there is no maximum, and without a majority of values no median.
struct TrialRange {
  std::string metric;
  MetricUnit unit = MetricUnit::kCount;
  std::optional<double> min;
  std::optional<double> median;  ///< Nearest rank.
  std::optional<double> max;
  std::size_t count = 0;  ///< Trials with a value.
};

/// Sums up trials one by one. Of each it keeps a number per metric and nothing else: a scenario may
/// ask for thousands.
class TrialRanges {
 public:
  void add(const Measurements& trial);
  /// By name, for every metric that any of the trials has.
  [[nodiscard]] std::vector<TrialRange> ranges() const;

 private:
  struct Values {
    MetricUnit unit = MetricUnit::kCount;
    std::vector<double> known;
  };
  std::map<std::string, Values> values_;
  std::size_t trials_ = 0;
};

}  // namespace wandrill
