// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "net/route.hpp"
#include "refrouter/config.hpp"

namespace wandrill {

/// Every policy rule of this router has a priority from here up to (not including) kRulesEnd, and
/// nobody else's has.
constexpr std::uint32_t kRulesBegin = 10'000;
constexpr std::uint32_t kRulesEnd = 11'000;
constexpr std::uint32_t kFirstTable = 101;
constexpr std::uint32_t kMainTable = 254;

/// The routing table of the WAN with this place in the list.
std::uint32_t table_of(std::size_t wan);

/// What leaves by a WAN's interface, and what carries one of its addresses, goes by that WAN's
/// table, whatever the default route is.
std::vector<Rule> rules_for(const RefrouterConfig& config, Family family);

/// The default route of one family over one WAN, in `table`; nothing when it has no such gateway.
std::optional<Route> default_route(const WanConfig& wan, Family family, std::uint32_t table);

/// The router's nft table, NAT and what segments may reach, in the place of the one that is there.
std::string nat_ruleset(const RefrouterConfig& config, std::size_t active = 0);

}  // namespace wandrill
