// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "plan/impairment.hpp"
#include "plan/traffic_filter.hpp"
#include "programs/conformance/statistics.hpp"
#include "programs/conformance/stream.hpp"

namespace wandrill {

/// The chance that one measurement of a sound engine fails. A suite makes fewer than 40: it is red
/// without a cause less than once in 10^4.
constexpr double kAlpha = 2e-6;
/// The chance that an engine that is off by a fifth is caught: sample sizes are made for it.
constexpr double kPower = 0.999;
constexpr double kRelativeError = 0.2;

/// One measured number of an impairment beside the one that was asked for.
struct Measured {
  std::string what;  ///< "share lost"
  std::string unit;  ///< "%", "ms", "Mbit/s", "frames"
  double wanted = 0.0;
  Interval found;  ///< At 1 - kAlpha.

  [[nodiscard]] bool conforms() const noexcept { return found.holds(wanted); }
};

/// One impairment under test.
struct Case {
  std::string name;
  Impairment asked;
  StreamPlan stream;
  /// `baseline`: the same link without impairments, for the machine's own delay.
  std::function<std::vector<Measured>(const StreamResult&, Nanos baseline)> measure;
  /// The same impairment with its parameter times a factor.
  std::function<Impairment(double factor)> distorted;
  /// Which frames it concerns; empty: all of them.
  TrafficFilter filter{};
  /// Where the filter is what is wrong: instead of `distorted`.
  std::function<TrafficFilter(double factor)> distorted_filter{};
};

/// Every impairment, with sizes computed from kAlpha and kPower.
std::vector<Case> conformance_cases();

}  // namespace wandrill
