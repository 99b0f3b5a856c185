// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// What only a series of HTTP requests has.
struct HttpPlan {
  bool kept = false;  ///< All over one connection, opened again when it is lost; else one each.
};

}  // namespace wandrill
