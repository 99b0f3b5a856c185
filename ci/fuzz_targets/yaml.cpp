// SPDX-License-Identifier: Apache-2.0
// A stranger's scenario, topology or router profile, up to the plan of a run with two others of
// ours. Only a ConfigError may come of it. The first byte says which it is, and with which others.
#include "base/error.hpp"
#include "plan/resolve.hpp"

namespace {

using wandrill::LoadedScenario;

LoadedScenario load(const std::string& scenario, const std::string& topology) {
  wandrill::Mistakes mistakes;
  LoadedScenario loaded{.scenario = decode_scenario(wandrill::read_source(scenario), mistakes),
                        .topology = decode_topology(wandrill::read_source(topology), mistakes),
                        .router = decode_router_profile(
                            wandrill::read_source("topologies/routers/reference.yaml"), mistakes)};
  mistakes.throw_if_any();
  (void)resolve(loaded);
  return loaded;
}

LoadedScenario ours(bool segmented) {
  static const auto home =
      load("scenarios/live-call-disconnect.yaml", "topologies/home_office.yaml");
  static const auto office =
      load("scenarios/segmented-failover.yaml", "topologies/segmented_office.yaml");
  return segmented ? office : home;
}

/// As the library of scenarios puts them together.
void read(std::uint8_t kind, std::string bytes) {
  auto loaded = ours(kind / 3 % 2 == 1);
  const auto source = wandrill::source_of("stranger.yaml", std::move(bytes));
  wandrill::Mistakes mistakes;
  if (kind % 3 == 0) {
    loaded.scenario = decode_scenario(source, mistakes);
  } else if (kind % 3 == 1) {
    loaded.topology = decode_topology(source, mistakes);
  } else {
    const auto profile = decode_router_profile(source, mistakes);
    loaded.router = profile.extends ? extend_profile(loaded.router, profile, mistakes) : profile;
  }
  mistakes.throw_if_any();
  const auto plan = resolve(loaded);
  if (plan.topology.wans.empty() || plan.traffic.sessions.empty()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    read(data[0], {reinterpret_cast<const char*>(data + 1), size - 1});
  } catch (const wandrill::ConfigError& error) {
    constexpr std::size_t kMostMistakes = 101;
    if (error.mistakes().empty() || error.mistakes().size() > kMostMistakes) __builtin_trap();
  }
  return 0;
}
