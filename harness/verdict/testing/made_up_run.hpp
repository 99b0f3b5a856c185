// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "measure/measurements.hpp"
#include "plan/plan.hpp"

namespace wandrill::testing {

/// An instant, in seconds since the run's origin.
RunInstant at(double seconds);
Nanos seconds(double value);

/// A call (RTP) over wan_a and wan_b; the fault "cut" (loss of link on wan_a at 10 s, failover
/// required), and the restore "mend" at 20 s. Nothing is measured but what the functions below add.
struct MadeUpRun {
  Plan plan;
  Measurements measured;

  MadeUpRun();
  MadeUpRun& expect_at_most(const std::string& metric, double bound);
  /// Adds one more session, over IPv6 if asked, and its flows.
  MadeUpRun& add_session(const std::string& name, TrafficKind kind, Family family = Family::kIpv4);
  MadeUpRun& set(const std::string& metric, Measured value);
  /// The flow was dark from `from` for `length`.
  MadeUpRun& lose(const std::string& flow, double from, double length, bool open = false);
  /// The router left wan_a for wan_b, `switched` after the start of the run.
  MadeUpRun& fail_over(double switched);
  /// The router did not.
  MadeUpRun& miss();
};

}  // namespace wandrill::testing
