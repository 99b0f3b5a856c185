// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/mininet_network.hpp"
#include "scenario/mistakes.hpp"

namespace wandrill {

/// Whether a network of Mininet's can be a lab at all, whatever part its nodes have: names,
/// interfaces that are where Mininet put them, no ring of switches (in a network that stands
/// already, its owner sees to that). Mistakes are at `place`.
void check_mininet(const MininetNetwork& network, bool is_attached, const Place& place,
                   Mistakes& mistakes);

}  // namespace wandrill
