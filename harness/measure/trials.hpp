// SPDX-License-Identifier: Apache-2.0
#pragma once
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

/// By name, for every metric that any of the trials has.
std::vector<TrialRange> summarise_trials(const std::vector<Measurements>& trials);

}  // namespace wandrill
