// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "verdict/verdict.hpp"

namespace wandrill {

/// What the caller went through, in one sentence for a manager: "The call was silent for 1.02 s
/// when wan_a lost its link, then went on over wan_b."
std::string sentence_of(const Plan& plan, const Measurements& measurements);

/// As above of a run that was judged: where something else failed, and graver, of that.
std::string sentence_of(const Plan& plan, const Measurements& measurements,
                        const std::vector<JudgedExpectation>& expectations);

}  // namespace wandrill
