// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/check_services.hpp"

#include <algorithm>
#include <map>

#include "base/names.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

template <typename Named>
std::vector<std::string> names_in(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const auto& one : all)
    names.push_back(one.name.value);
  return names;
}

/// Says so when `on` names none of them.
bool check_place(const ServiceSpec& service, std::string_view what,
                 const std::vector<std::string>& names, Mistakes& mistakes) {
  if (service.on.value.empty()) return false;
  if (std::ranges::find(names, service.on.value) != names.end()) return true;
  mistakes.add(service.on.place, "a {} service needs a {}, and there is no '{}'{}",
               service.kind.value, what, service.on.value, name_hint(service.on.value, names));
  return false;
}

bool has_ipv4(const LinkEndSpec& end) {
  return std::ranges::any_of(end.addresses, [](const Placed<IpPrefix>& address) {
    return address.value.address.family() == Family::kIpv4;
  });
}

void check_dns(const ServiceSpec& service, const Topology& topology, Mistakes& mistakes) {
  check_place(service, "server", names_in(topology.servers), mistakes);
  if (service.lease) mistakes.add(service.lease->place, "'lease' belongs to a dhcp service");
  if (!service.zone) return;
  const auto& [zone, place] = *service.zone;
  if (zone.empty() || zone.size() > defaults::kLongestZone || zone.front() == '.' ||
      zone.back() == '.' || zone.find("..") != std::string::npos)
    mistakes.add(place,
                 "'zone' is a domain name of at most {} characters, without dots at its ends",
                 defaults::kLongestZone);
}

void check_dhcp(const ServiceSpec& service, const Topology& topology, Mistakes& mistakes) {
  if (service.zone) mistakes.add(service.zone->place, "'zone' belongs to a dns service");
  if (service.lease && (service.lease->value < defaults::kShortestLease ||
                        service.lease->value > defaults::kLongestLease))
    mistakes.add(service.lease->place, "'lease' must be from {} to {}",
                 to_string(defaults::kShortestLease), to_string(defaults::kLongestLease));
  if (!check_place(service, "WAN", names_in(topology.wans), mistakes)) return;
  const auto& wan = *std::ranges::find(topology.wans, service.on.value,
                                       [](const WanSpec& spec) { return spec.name.value; });
  if (!has_ipv4(wan.router) || !has_ipv4(wan.isp))
    mistakes.add(service.on.place,
                 "'{}' has no IPv4 address at both ends, and a dhcp service gives the router the "
                 "one that its end has",
                 service.on.value);
}

void check_monitor(const ServiceSpec& service, const Topology& topology, Mistakes& mistakes) {
  std::vector<std::string> hosts;
  for (const auto& node : topology.nodes)
    if (node.kind.value == "host") hosts.push_back(node.name.value);
  check_place(service, "host", hosts, mistakes);
  if (service.lease) mistakes.add(service.lease->place, "'lease' belongs to a dhcp service");
  if (service.zone) mistakes.add(service.zone->place, "'zone' belongs to a dns service");
}

}  // namespace

void check_services(const Topology& topology, Mistakes& mistakes) {
  std::map<std::pair<std::string, std::string>, Place> taken;
  for (const auto& service : topology.services) {
    const auto& [name, place] = service.name;
    if (name.size() > defaults::kLongestName || name.find_first_of("./") != std::string::npos)
      mistakes.add(place, "a service's name has at most {} characters, no '.' and no '/'",
                   defaults::kLongestName);
    if (service.kind.value == "dns") check_dns(service, topology, mistakes);
    if (service.kind.value == "dhcp") check_dhcp(service, topology, mistakes);
    if (service.kind.value == "monitor") check_monitor(service, topology, mistakes);
    const auto [first, is_new] =
        taken.emplace(std::pair{service.kind.value, service.on.value}, service.on.place);
    if (!is_new)
      mistakes.add(service.on.place, "'{}' has a {} service already, at {}", service.on.value,
                   service.kind.value, seen_from(service.on.place, first->second));
  }
}

}  // namespace wandrill
