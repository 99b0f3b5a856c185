// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "scenario/topology.hpp"

namespace wandrill {

struct YamlNode;

/// A topology in the place of its name: a map with the key `mininet`, which check_section() has
/// been over.
MininetSpec decode_mininet(const YamlNode& node);

/// What a Mininet file says of itself, by its attribute `wandrill`. Mistakes are at `place`, the
/// file's, and name their key.
MininetRoles decode_roles(const Json& roles, const Place& place, Mistakes& mistakes);

/// A network that stands, by the argument of `--attach`: "mininet", and behind a colon which part
/// nodes have in it, as "router=r0,fibre=r0-eth1" (WANs by their interfaces, the most important
/// first) or as the map that a topology's `wandrill` is, in JSON; `pid` is the process that holds
/// the network. What it does not say is as in `scenario`.
MininetSpec decode_attach(const std::string& text, const std::optional<MininetSpec>& scenario,
                          Mistakes& mistakes);

}  // namespace wandrill
