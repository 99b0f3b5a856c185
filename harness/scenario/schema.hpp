// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/json.hpp"

namespace wandrill {

/// JSON Schema (draft 2020-12) of each kind of file, made from the tables that the decoder checks
/// against: editors complete and check with it.
Json scenario_schema();
Json topology_schema();
Json router_schema();

}  // namespace wandrill
