// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "lab/network.hpp"

namespace wandrill::testing {

/// How to break a trunk, so that a check which cannot fail is found out.
using Sabotage = std::function<void(Network&)>;

/// Builds the topology, lets every host and the router exchange full-size packets in both families,
/// forges frames with tags that are not theirs, and listens on the trunk and at every host. What
/// was not as 802.1Q wants it, in words; nothing when all was.
std::vector<std::string> check_trunk(const TopologyPlan& topology, const Sabotage& sabotage,
                                     std::chrono::milliseconds patience);

}  // namespace wandrill::testing
