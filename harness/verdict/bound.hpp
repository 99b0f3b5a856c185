// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "measure/measurements.hpp"
#include "plan/timeline/expectation_plan.hpp"
#include "verdict/verdict.hpp"

namespace wandrill {

/// How a value stands to a bound.
struct Judgement {
  Outcome outcome = Outcome::kPass;
  std::string reason;  ///< One sentence.
};

/// "<= 3 s"; several bounds are joined by "and".
std::string bound_text(const MetricExpectation& expected, MetricUnit unit);

/// What is known against the tester itself.
struct TesterDoubt {
  double noise = 0.0;              ///< Its own p99 lateness, in seconds.
  bool tester_overloaded = false;  ///< It stalled so much that what did not happen proves nothing.
};

TesterDoubt doubt_of(const Measurements& measurements);

/// Holds a measured value against its bounds. A bound is broken only beyond the value's accuracy;
/// what the tester may have caused itself is credited to the router first (see
/// docs/adr/0005-stalls-are-credited.md). A value that does not exist breaks every bound.
Judgement judge_value(const Measured& measured, const MetricExpectation& expected,
                      const TesterDoubt& doubt);

}  // namespace wandrill
