// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/netns.hpp"

namespace wandrill {

/// Loads commands in nft's own syntax, all or none, through libnftables: no process is started.
/// Throws MachineError with nft's own words.
void run_nft(const NetNs& ns, const std::string& commands);

/// The namespace's whole ruleset as text.
std::string list_ruleset(const NetNs& ns);

}  // namespace wandrill
