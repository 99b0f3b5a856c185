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

}  // namespace wandrill
