// SPDX-License-Identifier: Apache-2.0
#include "measure/trials.hpp"

#include <algorithm>
#include <cmath>

namespace wandrill {
namespace {

std::optional<double> finite(double value) {
  return std::isinf(value) ? std::nullopt : std::optional{value};
}

TrialRange range_of(const std::string& metric, MetricUnit unit, std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto known =
      std::count_if(values.begin(), values.end(), [](double value) { return !std::isinf(value); });
  return {.metric = metric,
          .unit = unit,
          .min = finite(values.front()),
          .median = finite(values[(values.size() - 1) / 2]),
          .max = finite(values.back()),
          .count = static_cast<std::size_t>(known)};
}

}  // namespace

std::vector<TrialRange> summarise_trials(const std::vector<Measurements>& trials) {
  std::map<std::string, MetricUnit> names;
  for (const auto& trial : trials)
    for (const auto& [name, measured] : trial.metrics)
      names.emplace(name, measured.unit);
  std::vector<TrialRange> ranges;
  for (const auto& [name, unit] : names) {
    std::vector<double> values;
    for (const auto& trial : trials) {
      const auto found = trial.metrics.find(name);
      const bool known = found != trial.metrics.end() && found->second.value;
      values.push_back(known ? *found->second.value : HUGE_VAL);
    }
    ranges.push_back(range_of(name, unit, std::move(values)));
  }
  return ranges;
}

}  // namespace wandrill
