// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// What to look for in the router's own account of a transition.
struct DetectionQuery {
  TimeSpan span;             ///< From the fault to its end.
  std::string_view meaning;  ///< "wan_down" or "wan_up"
  std::uint8_t wan = 0;      ///< The WAN it is about.
};

/// The first line of the router's log with this meaning, about this WAN or about none in
/// particular.
std::optional<RunInstant> find_declaration(const RunIndex& run, const DetectionQuery& query);

/// The first change that the router made to its routes, rules, next hops or links. A link change of
/// the WAN's own port is the fault itself, not an answer to it.
std::optional<RunInstant> find_route_event(const RunIndex& run, const DetectionQuery& query);

}  // namespace wandrill
