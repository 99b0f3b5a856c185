// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scenario/router_profile.hpp"
#include "scenario/scenario.hpp"
#include "scenario/topology.hpp"

namespace wandrill {

struct LoadOptions {
  /// The folder that holds topologies/ and scenarios/, e.g. /usr/share/wandrill; may be empty.
  std::string data_folder;
  /// Instead of the scenario's own router: a profile's name or a path ending in .yaml.
  std::optional<std::string> router;
  /// Instead of the scenario's own topology: its name, or a path ending in .yaml or .py.
  std::optional<std::string> topology;
  /// Instead of any topology a network that stands: decode_attach(). The router is then `own`
  /// unless `router` is given.
  std::optional<std::string> attach;
};

/// A scenario with everything it refers to.
struct LoadedScenario {
  Scenario scenario;
  Topology topology;
  RouterProfile router;
};

/// Reads a scenario, its topology and its router profile (with all that it extends). A topology X
/// is X.yaml in the scenario's folder, in topologies/ of that folder, of its parent or of the data
/// folder; a router X likewise in topologies/routers/. Throws ConfigError with the mistakes of all
/// files. A Mininet file is not looked into: `topology.built` is for the caller to fill.
LoadedScenario load_scenario(const std::string& path, const LoadOptions& options = {});

/// A Mininet file as LoadOptions::topology takes it: by its name, or its path, in either case also
/// "FILE:TOPO". Throws ConfigError when there is none, and for a topology of another kind.
MininetSpec find_mininet(const std::string& target, const std::string& data_folder);

/// One scenario of a folder, for `wandrill list`.
struct ScenarioSummary {
  std::string file;
  std::string name;  ///< The file's name if it could not be read.
  std::string description;
  std::string mistake;  ///< The first one; empty if the file can be read.
};

/// The *.yaml files of a folder, by name. Throws ConfigError if there is no such folder.
std::vector<ScenarioSummary> summaries(const std::string& folder);

}  // namespace wandrill
