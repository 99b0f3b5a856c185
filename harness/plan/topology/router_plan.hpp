// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

/// A program of the router, running in the router's namespace.
struct ProcessPlan {
  std::string name;
  std::vector<std::string> command;  ///< argv; no shell.
  std::string ready_pattern;         ///< Regex (RE2) on a line of its output; empty: ready at once.
  Nanos ready_within{0};
};

/// A file put into the private /run/wandrill/router of the cell before the processes start.
struct FilePlan {
  std::string name;
  std::string content;
};

/// What a line of the router's log means. The first capture group, if any, is the WAN's name.
struct LogPattern {
  enum class Meaning : std::uint8_t { kWanDown, kWanUp, kSwitch };
  Meaning meaning = Meaning::kWanDown;
  std::string pattern;  ///< Regex (RE2), searched.
};

struct NamedCommand {
  std::string name;  ///< e.g. "failover"
  std::vector<std::string> command;
};

/// The device under test, with every placeholder filled in.
struct RouterPlan {
  std::string name;
  std::string description;
  std::vector<std::pair<std::string, std::string>> sysctls;
  std::string nft;  ///< A ruleset in nft's own syntax; empty: none.
  std::vector<FilePlan> files;
  std::vector<ProcessPlan> processes;
  std::vector<NamedCommand> commands;
  std::vector<LogPattern> log_patterns;
  /// Regex whose first capture group is the CLOCK_MONOTONIC stamp in seconds that the router wrote
  /// into the line; empty: the time of arrival counts.
  std::string log_stamp_pattern;
};

}  // namespace wandrill
