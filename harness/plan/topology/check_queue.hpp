// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "base/units.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/placed.hpp"

namespace wandrill {

/// Says so if a queue holds not even one full frame, or less than what its line has under way: the
/// rate times the one-way delay. `direction`: "up", "down", or "" where it needs no word.
void check_queue(const Placed<Bytes>& queue, BitsPerSecond rate, Nanos delay,
                 std::string_view direction, Mistakes& mistakes);

}  // namespace wandrill
