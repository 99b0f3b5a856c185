// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/timeline_plan.hpp"

namespace wandrill {

/// "carrier both", "loss 5% up", "flap of carrier both": for people and for the Recording.
std::string fault_text(const FaultAction& fault);

}  // namespace wandrill
