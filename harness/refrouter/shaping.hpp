// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/htb.hpp"
#include "refrouter/config.hpp"
#include "refrouter/object_reader.hpp"

namespace wandrill {

/// Reads `shaping`, `shape_percent` and `mark`.
void read_shaping(ObjectReader& reader, RefrouterConfig& config);

/// The classes of a WAN's port: voice (Expedited Forwarding) first, then the rest, then what is
/// marked as of lower effort (CS1, LE: RFC 8622); what they leave each other, the others may use.
HtbPlan shaping_of(const WanConfig& wan, int percent);

/// The nft chains that mark what comes from some hosts, and that give each packet its class; empty
/// where neither is asked for.
std::string shaping_chains(const RefrouterConfig& config);

}  // namespace wandrill
