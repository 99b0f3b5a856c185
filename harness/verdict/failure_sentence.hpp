// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "verdict/verdict.hpp"

namespace wandrill {

/// The worst of what failed, in one sentence for a manager, where that is not what `lead`, the
/// group of sessions that people care for most, went through: what policy forbids and yet went
/// through comes before all. Nothing: nothing failed, or the lead itself tells.
std::optional<std::string> sentence_of_failure(const Plan& plan, const Measurements& measurements,
                                               const std::vector<JudgedExpectation>& expectations,
                                               const std::string& lead);

}  // namespace wandrill
