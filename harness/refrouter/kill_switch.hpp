// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "refrouter/config.hpp"
#include "refrouter/object_reader.hpp"

namespace wandrill {

/// Reads `vpn_only`, `vpn_gateway` and `kill_switch`.
void read_kill_switch(ObjectReader& reader, RefrouterConfig& config);

/// The nft chain that lets hosts with nothing but a VPN reach the VPN's gateway and nobody else;
/// empty where there are none, or while `active`, the WAN in use, is not one that it is for.
std::string kill_switch_chain(const RefrouterConfig& config, std::size_t active);

}  // namespace wandrill
