// SPDX-License-Identifier: Apache-2.0
#include "refrouter/data_plane_plan.hpp"

#include <fmt/format.h>

#include "refrouter/kill_switch.hpp"
#include "refrouter/segment_policy.hpp"
#include "refrouter/shaping.hpp"

namespace wandrill {
namespace {

constexpr std::uint32_t kRulesPerWan = 2;

std::string nat_rule(const WanConfig& wan, Family family, NatKind nat) {
  const auto address = wan.addresses.find(family);
  const bool is_v4 = family == Family::kIpv4;
  const auto what =
      nat == NatKind::kMasquerade || address == wan.addresses.end()
          ? std::string{"masquerade"}
          : fmt::format("snat {} to {}", is_v4 ? "ip" : "ip6", to_string(address->second));
  return fmt::format("    oifname \"{}\" meta nfproto {} {}\n", wan.interface,
                     is_v4 ? "ipv4" : "ipv6", what);
}

}  // namespace

std::uint32_t table_of(std::size_t wan) {
  return kFirstTable + static_cast<std::uint32_t>(wan);
}

std::vector<Rule> rules_for(const RefrouterConfig& config, Family family) {
  std::vector<Rule> rules;
  for (std::size_t i = 0; i < config.wans.size(); ++i) {
    const auto& wan = config.wans[i];
    if (!wan.gateways.contains(family)) continue;
    const auto priority = kRulesBegin + kRulesPerWan * static_cast<std::uint32_t>(i);
    rules.push_back(
        {.family = family, .priority = priority, .oif = wan.interface, .table = table_of(i)});
    const auto address = wan.addresses.find(family);
    if (address == wan.addresses.end()) continue;
    const IpPrefix from{address->second, static_cast<std::uint8_t>(address->second.size() * 8)};
    rules.push_back(
        {.family = family, .priority = priority + 1, .from = from, .table = table_of(i)});
  }
  return rules;
}

std::optional<Route> default_route(const WanConfig& wan, Family family, std::uint32_t table) {
  const auto gateway = wan.gateways.find(family);
  if (gateway == wan.gateways.end()) return std::nullopt;
  return Route{.destination = default_destination(family),
               .gateway = gateway->second,
               .interface = wan.interface,
               .table = table};
}

std::string nat_ruleset(const RefrouterConfig& config, std::size_t active) {
  // The first line makes sure that there is one to delete; nft takes all of this at once or not at
  // all.
  std::string rules =
      "table inet wandrill_refrouter\n"
      "delete table inet wandrill_refrouter\n"
      "table inet wandrill_refrouter {\n"
      "  chain postrouting {\n"
      "    type nat hook postrouting priority srcnat; policy accept;\n";
  for (const auto& wan : config.wans)
    for (const auto& [family, gateway] : wan.gateways)
      rules += nat_rule(wan, family, config.nat);
  return rules + "  }\n" + forward_chain(config, active) + kill_switch_chain(config, active) +
         shaping_chains(config) + "}\n";
}

}  // namespace wandrill
