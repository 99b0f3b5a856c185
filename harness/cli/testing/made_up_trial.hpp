// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cli/examine.hpp"

namespace wandrill::testing {

/// A trial of a made-up drill: two calls, and a failover. Trial 7 had the longest gap.
Examined made_up_trial(int number);

}  // namespace wandrill::testing
