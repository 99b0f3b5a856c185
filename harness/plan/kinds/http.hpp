// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/maybe_const.hpp"

namespace wandrill {

/// What only a series of HTTP requests has.
struct HttpPlan {
  static constexpr const char* kKey = "http";  ///< In a stored plan.
  bool kept = false;  ///< All over one connection, opened again when it is lost; else one each.
};

void visit_fields(auto&& visit, MaybeConst<HttpPlan> auto& value) {
  visit("kept", value.kept);
}

}  // namespace wandrill
