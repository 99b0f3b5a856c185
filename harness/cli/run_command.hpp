// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/vm_command.hpp"

namespace wandrill {

/// `wandrill run`, as asked on the command line.
struct RunOptions {
  std::vector<std::string> targets;  ///< Scenario files, or folders of them.
  std::optional<std::string> router;
  std::optional<std::string> topology;
  std::optional<std::string> attach;  ///< A network that stands, instead of one that is built.
  std::optional<std::string> engine;
  std::optional<std::uint64_t> seed;
  std::optional<int> trials;
  std::filesystem::path out = "runs";
  bool json = false;
  bool capture = false;  ///< Keeps the packets on the WANs.
  bool steer = false;    ///< The steps come from standard input, a line each.
  bool vm = false;       ///< In a VM with a kernel of its own.
  KernelChoice kernel;
};

/// Runs every scenario, one after another; bad input in any of them starts nothing. Returns the
/// exit code: that of the worst outcome. Throws ConfigError.
int run_scenarios(const RunOptions& options);

/// Runs one scenario whose steps come from standard input while its lab stands. Returns the exit
/// code. Throws ConfigError.
int steer_scenario(const RunOptions& options);

/// Measures a stored run again and renders its reports anew. Returns the exit code of its outcome.
int report_run(const std::filesystem::path& folder, bool json);

/// Folders replaced by the scenario files in them. Throws ConfigError for one that holds none.
std::vector<std::string> scenario_files(const std::vector<std::string>& targets);

}  // namespace wandrill
