// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/json.hpp"
#include "scenario/library.hpp"

namespace wandrill {

/// Builds a Mininet file's network in a cell of its own, looks at it, and lets it go: JSON for
/// network_from(). `topo` as `mn --topo` has it; empty: the only one. Throws ConfigError at the
/// file for what is wrong with it, MachineError for what this machine lacks.
Json look_at_mininet(const std::string& file, const std::string& topo);

/// load_scenario(), and of a Mininet topology also what Mininet builds of it, or what stands of it.
/// Throws ConfigError, and MachineError when this machine cannot build it, or none stands.
LoadedScenario load_whole(const std::string& path, const LoadOptions& options);

}  // namespace wandrill
