// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "refrouter/config.hpp"
#include "refrouter/failover.hpp"

namespace wandrill {

// What the router answers to commands: one JSON object, with "ok" first.

std::string done_text();
std::string refusal_text(const std::string& reason);
/// Also the active WAN and what is known of each.
std::string status_text(const RefrouterConfig& config, const Failover& failover);
/// Whether an answer says that the command was carried out.
bool is_done(const std::string& answer);

}  // namespace wandrill
