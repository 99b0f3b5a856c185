// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "cli/run_command.hpp"
#include "plan/resolve.hpp"

namespace wandrill {

/// What the command line says of plans.
ResolveOptions resolve_options(const RunOptions& options);
LoadOptions load_options(const RunOptions& options);

/// The plans of a scenario's trials, each resolved when it is asked for: a thousand of them are not
/// held at once.
class TrialPlans {
 public:
  /// Reads a scenario file; every trial of it can be resolved. Throws ConfigError.
  TrialPlans(const std::string& file, const RunOptions& options);

  [[nodiscard]] const Plan& first() const noexcept { return first_; }
  [[nodiscard]] int count() const noexcept { return first_.trials; }
  /// `trial`: from 1 to count().
  [[nodiscard]] Plan plan(int trial) const;

 private:
  LoadedScenario loaded_;
  ResolveOptions resolving_;
  Plan first_;
};

}  // namespace wandrill
