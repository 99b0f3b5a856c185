// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "plan/timeline/timeline_plan.hpp"

namespace wandrill {

/// A bound on a metric. Values are in the metric's own unit (see metric_catalogue.hpp).
struct MetricExpectation {
  std::string metric;  ///< "call.up.longest_gap", with "@backup" for a phase.
  std::optional<double> at_most;
  std::optional<double> at_least;
  std::optional<double> equals;
};

/// A condition that must come true `within` a time after each event called `after`, and then hold
/// for `lasting`.
struct StateExpectation {
  Condition state;
  std::string after;  ///< A label of the timeline, or "start".
  Nanos within{0};
  Nanos lasting{0};
};

/// What must have become of a TCP session.
struct FateExpectation {
  std::string session;              ///< A session or a group.
  std::vector<std::string> one_of;  ///< Words of SessionFate.
};

struct ExpectationPlan {
  Place where;       ///< In the user's file.
  std::string text;  ///< In words, for people: "call.up.longest_gap at most 3s".
  std::variant<MetricExpectation, StateExpectation, FateExpectation> what;
};

}  // namespace wandrill
