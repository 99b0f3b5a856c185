// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "verdict/findings.hpp"

namespace wandrill {

/// What became of sessions of requests: TCP connections that hang or end, names that are not found.
void find_request_troubles(const Plan& plan, const Measurements& measurements,
                           std::vector<Finding>& found);

}  // namespace wandrill
