// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "calibrate/calibration.hpp"
#include "cli/vm_command.hpp"
#include "plan/plan.hpp"

namespace wandrill {

/// `wandrill calibrate`, as asked on the command line.
struct CalibrateOptions {
  std::optional<std::string> engine;
  bool json = false;
  bool vm = false;
  KernelChoice kernel;
};

/// Measures known cuts, delays and losses, on the machine as it is and with every CPU busy; prints
/// how wrong the tester was, and keeps it for later reports. Returns the exit code.
int calibrate_tester(const CalibrateOptions& options);

/// What was measured, in JSON for a report: null when this tester was not calibrated. `started`: of
/// the run that it is quoted in, ISO 8601.
Json calibration_quote(const CalibrationKey& key, const std::string& started);

/// Prints a warning for each expectation that is tighter than the tester, where it is calibrated.
/// `kernel`: that the drill will run on.
void warn_of_tight_expectations(const Plan& plan, const std::string& kernel);

/// The key of a run on this machine by this version, as this user.
CalibrationKey calibration_key(const std::string& kernel, const std::string& engine, bool root);

}  // namespace wandrill
