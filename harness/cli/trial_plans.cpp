// SPDX-License-Identifier: Apache-2.0
#include "cli/trial_plans.hpp"

#include <cassert>

#include "base/error.hpp"
#include "cli/data_folder.hpp"
#include "lab/load_whole.hpp"

namespace wandrill {

ResolveOptions resolve_options(const RunOptions& options) {
  ResolveOptions resolving{
      .seed = options.seed, .trials = options.trials, .capture = options.capture};
  if (options.engine)
    resolving.engine = *options.engine == "netem"  ? EngineChoice::kNetem
                       : *options.engine == "wire" ? EngineChoice::kWire
                                                   : EngineChoice::kAuto;
  return resolving;
}

LoadOptions load_options(const RunOptions& options) {
  if (options.attach && options.vm)
    throw ConfigError{{{{"--attach"}, "does not go with --vm: a VM has a network of its own"}}};
  if (options.attach && options.topology)
    throw ConfigError{{{{"--attach"}, "does not go with --topology: the network stands already"}}};
  return {.data_folder = data_folder(),
          .router = options.router,
          .topology = options.topology,
          .attach = options.attach};
}

TrialPlans::TrialPlans(const std::string& file, const RunOptions& options)
    : loaded_{load_whole(file, load_options(options))},
      resolving_{resolve_options(options)},
      first_{resolve(loaded_, resolving_)} {
  for (int trial = 2; trial <= count(); ++trial)
    (void)plan(trial);
}

Plan TrialPlans::plan(int trial) const {
  assert(trial >= 1 && trial <= count());
  auto resolving = resolving_;
  resolving.trial = trial;
  return resolve(loaded_, resolving);
}

}  // namespace wandrill
