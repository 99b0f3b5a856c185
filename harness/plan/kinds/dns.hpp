// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/maybe_const.hpp"

namespace wandrill {

/// What only a series of DNS queries has.
struct DnsQueryPlan {
  static constexpr const char* kKey = "dns";  ///< In a stored plan.
  std::string name;  ///< Asked for below this name, each time another: "web.test".
};

void visit_fields(auto&& visit, MaybeConst<DnsQueryPlan> auto& value) {
  visit("name", value.name);
}

}  // namespace wandrill
