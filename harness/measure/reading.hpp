// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "measure/measurements.hpp"
#include "measure/time_span.hpp"
#include "plan/metric.hpp"

namespace wandrill {

/// One measured number as its measuring code has it: of a type that only metrics of its unit take.
/// What the fields mean, Measured says.
template <typename Value>
struct Reading {
  std::optional<Value> value{};
  Value accuracy{};
  Value tester_share{};
  std::string note{};
  bool untried = false;
  std::optional<TimeSpan> when{};
};

/// The same as it is kept: with the metric's unit.
template <typename Value>
Measured to_measured(const Metric<Value>& metric, Reading<std::type_identity_t<Value>> reading) {
  Measured measured{.unit = metric.unit,
                    .accuracy = number_of(reading.accuracy),
                    .tester_share = number_of(reading.tester_share),
                    .note = std::move(reading.note),
                    .untried = reading.untried,
                    .when = reading.when};
  if (reading.value) measured.value = number_of(*reading.value);
  return measured;
}

/// Numbers of one subject, gathered before it is told whose they are.
class Readings {
 public:
  template <typename Value>
  void set(const Metric<Value>& metric, Reading<std::type_identity_t<Value>> reading) {
    by_metric_.insert_or_assign(&metric, to_measured(metric, std::move(reading)));
  }
  /// It has no value: nothing happened that could have given it one.
  void set_nothing(const MetricInfo& metric, std::string note) {
    by_metric_.insert_or_assign(&metric, Measured{.unit = metric.unit, .note = std::move(note)});
  }
  /// Throws std::out_of_range: it was not set.
  [[nodiscard]] Measured& at(const MetricInfo& metric) { return by_metric_.at(&metric); }
  [[nodiscard]] const Measured& at(const MetricInfo& metric) const {
    return by_metric_.at(&metric);
  }

  [[nodiscard]] auto begin() const { return by_metric_.begin(); }
  [[nodiscard]] auto end() const { return by_metric_.end(); }

 private:
  std::map<const MetricInfo*, Measured> by_metric_;
};

/// "How many": exact.
template <typename Number>
Reading<Count> counted(Number number) {
  return {.value = Count{static_cast<double>(number)}};
}

}  // namespace wandrill
