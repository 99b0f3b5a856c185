// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/impairment.hpp"

namespace wandrill {

/// What differs between the impairment that was wanted and the one read back, by more than 1 µs or
/// 1 %: "delay is 10ms, not 20ms"; "" when they agree.
std::string mismatch(const Impairment& wanted, const Impairment& read_back);

}  // namespace wandrill
