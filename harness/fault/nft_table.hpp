// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/netns.hpp"

namespace wandrill {

/// Rules that a fault puts into a node of the lab: one table of its own, "inet wandrill_dead_dns".
/// `chains`: the table's content in nft's syntax. All three throw MachineError.
void add_table(const NetNs& ns, const std::string& table, const std::string& chains);
void delete_table(const NetNs& ns, const std::string& table);
/// As the kernel has it.
bool has_table(const NetNs& ns, const std::string& table);

}  // namespace wandrill
