// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "verdict/verdict.hpp"

namespace wandrill {

/// What the caller went through, in one sentence for a manager: "The call was silent for 1.02 s
/// when wan_a lost its link, then went on over wan_b."
std::string sentence_of(const Plan& plan, const Measurements& measurements);

}  // namespace wandrill
