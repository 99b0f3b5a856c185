// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "plan/maybe_const.hpp"

namespace wandrill {

/// What only a session has that tries what policy lets pass.
struct PolicyProbePlan {
  static constexpr const char* kKey = "attempt";  ///< In a stored plan.
  bool over_tcp = false;  ///< Each packet asks for a connection (SYN); else it is UDP.
  /// The port that is asked for; without one the session has a port of its own. Several sessions
  /// may ask for the same, and so may a program listen there.
  std::optional<std::uint16_t> port;
};

void visit_fields(auto&& visit, MaybeConst<PolicyProbePlan> auto& value) {
  visit("over_tcp", value.over_tcp);
  visit("port", value.port);
}

}  // namespace wandrill
