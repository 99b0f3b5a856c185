// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/topology.hpp"

namespace wandrill {

/// Says what is wrong with a topology's services: where they are, and keys of the other kind.
void check_services(const Topology& topology, Mistakes& mistakes);

}  // namespace wandrill
