// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/units.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/placed.hpp"
#include "scenario/source.hpp"

namespace wandrill {

struct ProcessSpec {
  Placed<std::string> name;
  std::vector<Placed<std::string>> command;
  std::optional<Placed<std::string>> ready;
  std::optional<Placed<Nanos>> ready_within;
};

struct CommandSpec {
  Placed<std::string> name;
  std::vector<Placed<std::string>> command;
};

/// A router profile, as written; placeholders are not filled in.
struct RouterProfile {
  Place place;
  Placed<std::string> name;
  std::optional<Placed<std::string>> extends;
  std::string description;
  std::vector<PlacedPair> parameters;
  std::vector<PlacedPair> sysctls;
  std::optional<Placed<std::string>> nft;
  std::vector<PlacedPair> files;
  std::vector<ProcessSpec> processes;
  std::vector<CommandSpec> commands;
  std::optional<Placed<std::string>> log_stamp;
  std::vector<Placed<std::string>> log_wan_down;
  std::vector<Placed<std::string>> log_wan_up;
  std::vector<Placed<std::string>> log_switch;
};

/// What could be read; the rest is in `mistakes`.
RouterProfile decode_router_profile(const Source& source, Mistakes& mistakes);

/// `derived` on top of the profile that it extends: what it names replaces what the base has under
/// that name. A parameter that the base does not have is a mistake.
RouterProfile extend_profile(const RouterProfile& base, const RouterProfile& derived,
                             Mistakes& mistakes);

}  // namespace wandrill
