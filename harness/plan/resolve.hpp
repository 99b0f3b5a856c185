// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "plan/plan.hpp"
#include "scenario/library.hpp"

namespace wandrill {

/// What the command line says; it wins over the scenario.
struct ResolveOptions {
  std::optional<std::uint64_t> seed;
  std::optional<EngineChoice> engine;
  std::optional<int> trials;
  bool capture = false;
  int trial = 1;  ///< From 1; each has a seed of its own, the first one the seed as given.
};

/// Turns what the user wrote into what a run will do. Throws ConfigError with every mistake that
/// shows up when the parts are held against each other. Pure: equal arguments, equal Plan.
Plan resolve(const Scenario& scenario, const Topology& topology, const RouterProfile& router,
             const ResolveOptions& options = {});

/// Of a scenario file, with everything it refers to.
Plan resolve(const LoadedScenario& loaded, const ResolveOptions& options = {});

}  // namespace wandrill
