// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace wandrill {

/// What only a series of DNS queries has.
struct DnsQueryPlan {
  std::string name;  ///< Asked for below this name, each time another: "web.test".
};

}  // namespace wandrill
