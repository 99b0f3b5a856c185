// SPDX-License-Identifier: Apache-2.0
#include "measure/trials.hpp"

#include <algorithm>
#include <cmath>

namespace wandrill {
namespace {

/// `known`: the values that there are, sorted; those of the other trials come after them.
std::optional<double> at_rank(const std::vector<double>& known, std::size_t rank) {
  return rank < known.size() ? std::optional{known[rank]} : std::nullopt;
}

TrialRange range_of(const std::string& metric, MetricUnit unit, std::vector<double> known,
                    std::size_t trials) {
  std::sort(known.begin(), known.end());
  return {.metric = metric,
          .unit = unit,
          .min = at_rank(known, 0),
          .median = at_rank(known, (trials - 1) / 2),
          .max = at_rank(known, trials - 1),
          .count = known.size()};
}

}  // namespace

void TrialRanges::add(const Measurements& trial) {
  ++trials_;
  for (const auto& [name, measured] : trial.metrics) {
    auto& values =
        values_.try_emplace(name, Values{.unit = measured.unit, .known = {}}).first->second;
    if (measured.value && !std::isinf(*measured.value)) values.known.push_back(*measured.value);
  }
}

std::vector<TrialRange> TrialRanges::ranges() const {
  std::vector<TrialRange> ranges;
  for (const auto& [name, values] : values_)
    ranges.push_back(range_of(name, values.unit, values.known, trials_));
  return ranges;
}

}  // namespace wandrill
