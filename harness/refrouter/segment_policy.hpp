// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "refrouter/config.hpp"

namespace wandrill {

/// The nft chain that keeps segments apart while the WAN number `active` is in use, IPv4 and IPv6
/// alike; empty where nothing is kept from anything. The names in `allow`, `deny` and `guarded`
/// must be those of segments and WANs.
std::string forward_chain(const RefrouterConfig& config, std::size_t active = 0);

}  // namespace wandrill
