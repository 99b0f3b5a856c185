// SPDX-License-Identifier: Apache-2.0
#include "refrouter/data_plane.hpp"

#include <algorithm>
#include <array>
#include <system_error>

#include "base/error.hpp"
#include "net/link.hpp"
#include "net/nft.hpp"
#include "net/route.hpp"
#include "net/sysctl.hpp"
#include "refrouter/data_plane_plan.hpp"
#include "refrouter/shaping.hpp"

namespace wandrill {
namespace {

/// Where IPv6 stays when it is not moved.
constexpr std::size_t kForgottenWan = 0;
constexpr std::array kFamilies{Family::kIpv4, Family::kIpv6};

/// Does it; notes what the kernel refused.
template <typename Change>
void attempt(Refusals& refused, Change&& change) {
  try {
    change();
  } catch (const std::system_error& error) {
    refused.emplace_back(error.what());
  }
}

/// Multicast and link-local networks belong to each interface by itself.
bool is_shared_network(const Route& route) {
  if (route.table != kMainTable || route.gateway || route.destination.length == 0) return false;
  const auto* bytes = route.destination.address.data();
  return route.destination.address.family() == Family::kIpv4 ||
         !(bytes[0] == 0xff || (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80));
}

}  // namespace

DataPlane::DataPlane(const RefrouterConfig& config)
    : config_{config}, netlink_{Netlink::route(ns_)}, conntrack_{ns_} {
  for (const auto& wan : config.wans)
    static_cast<void>(interface_index(netlink_, wan.interface));
}

void DataPlane::install() {
  for (std::size_t wan = 0; wan < config_.wans.size(); ++wan) {
    loosen_reverse_path_filter(config_.wans[wan].interface);
    // A port that is down now gets its routes when it comes up.
    static_cast<void>(restore(wan, config_.wans.size()));
  }
  for (const auto family : kFamilies)
    install_rules(family);
  run_nft(ns_, nat_ruleset(config_));
  if (!config_.shaping) return;
  for (const auto& wan : config_.wans)
    replace_htb(netlink_, interface_index(netlink_, wan.interface),
                shaping_of(wan, config_.shape_percent));
}

void DataPlane::install_rules(Family family) {
  auto wanted = rules_for(config_, family);
  for (const auto& rule : dump_rules(netlink_, family)) {
    if (rule.priority < kRulesBegin || rule.priority >= kRulesEnd) continue;
    if (std::erase(wanted, rule) == 0) delete_rule(netlink_, rule);
  }
  for (const auto& rule : wanted)
    add_rule(netlink_, rule);
}

void DataPlane::loosen_reverse_path_filter(const std::string& interface) {
  // A check's answer comes in by its own WAN, to which the main table's default may not point; a
  // strict filter would drop it. The kernel takes the larger of this and "all": 2 is loose.
  auto name = interface;
  std::ranges::replace(name, '.', '/');
  write_sysctl(ns_, "net.ipv4.conf." + name + ".rp_filter", "2");
}

Refusals DataPlane::start_on(std::size_t wan) {
  Refusals refused;
  point_family_at(Family::kIpv4, wan, refused);
  point_family_at(Family::kIpv6, config_.ipv6 ? wan : kForgottenWan, refused);
  return refused;
}

Refusals DataPlane::point_at(std::size_t wan) {
  Refusals refused;
  point_family_at(Family::kIpv4, wan, refused);
  if (config_.ipv6) point_family_at(Family::kIpv6, wan, refused);
  if (config_.isolation == Isolation::kOnPrimary || config_.kill_switch == KillSwitch::kOnPrimary)
    attempt(refused, [&] { run_nft(ns_, nat_ruleset(config_, wan)); });
  return refused;
}

void DataPlane::point_family_at(Family family, std::size_t wan, Refusals& refused) {
  if (const auto route = default_route(config_.wans[wan], family, kMainTable)) {
    attempt(refused, [&] { replace_route(netlink_, *route); });
    return;
  }
  // This WAN does not have the family: better an error for the client at once than a dead line.
  for (const auto& other : config_.wans)
    if (const auto route = default_route(other, family, kMainTable)) {
      Refusals was_not_there;
      attempt(was_not_there, [&] { delete_route(netlink_, *route); });
    }
}

Refusals DataPlane::restore(std::size_t wan, std::size_t active) {
  Refusals refused;
  for (const auto family : kFamilies) {
    const auto route = default_route(config_.wans[wan], family, table_of(wan));
    if (!route) continue;
    // The networks that the router stands in, so that they are not looked for behind the WAN.
    for (auto network : dump_routes(netlink_, family)) {
      if (!is_shared_network(network)) continue;
      network.table = table_of(wan);
      attempt(refused, [&] { replace_route(netlink_, network); });
    }
    attempt(refused, [&] { replace_route(netlink_, *route); });
    const bool is_forgotten = family == Family::kIpv6 && !config_.ipv6;
    if (wan == (is_forgotten ? kForgottenWan : active)) point_family_at(family, wan, refused);
  }
  return refused;
}

bool DataPlane::has_carrier(std::size_t wan) {
  return wandrill::has_carrier(netlink_, config_.wans[wan].interface);
}

}  // namespace wandrill
