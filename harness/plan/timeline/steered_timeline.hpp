// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/plan.hpp"
#include "plan/resolve.hpp"

namespace wandrill {

/// A timeline that is told step by step while its lab stands. Of the scenario it takes the network,
/// the router and the traffic; timeline, expectations and abort conditions are left out.
class SteeredTimeline {
 public:
  /// Throws ConfigError like resolve().
  SteeredTimeline(LoadedScenario loaded, const ResolveOptions& options);

  /// With the steps that came so far, each at the time that it came.
  [[nodiscard]] const Plan& plan() const noexcept { return plan_; }

  /// A step as the timeline has them, but without a time: a map with `fault`, `restore` or
  /// `command`, in YAML or JSON. Throws ConfigError for mistakes, and for what would have had to be
  /// known when the lab was built; then nothing has changed.
  const StepPlan& add(const std::string& text);
  /// When the last step came, since the timeline's start.
  void came_at(Nanos since_start);
  /// When no step came any more. A fault that by then was in force for less than kShortestDuty asks
  /// for no failover by itself, since the router may have needed that long to be sure.
  void ended_at(Nanos since_start);
  static constexpr Nanos kShortestDuty = std::chrono::seconds{10};

 private:
  LoadedScenario loaded_;
  ResolveOptions options_;
  Plan plan_;
};

}  // namespace wandrill
