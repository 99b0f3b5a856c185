// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/check_segments.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/names.hpp"
#include "plan/topology/resolve_segments.hpp"
#include "scenario/defaults.hpp"
#include "scenario/section.hpp"

namespace wandrill {
namespace {

bool overlap(const IpPrefix& a, const IpPrefix& b) {
  return a.contains(b.address) || b.contains(a.address);
}

/// What stands in the way of a switch having a port of this name; empty: nothing.
std::string mistake_of_port_name(std::string_view name) {
  if (name.size() > defaults::kLongestInterface)
    return fmt::format("at most {} characters; '{}' has {}", defaults::kLongestInterface, name,
                       name.size());
  if (!is_name(name) || name.find_first_of("./") != name.npos)
    return "letters, digits, '_' and '-' only";
  if (name == kSwitchUplink || name == "bridge" || name == "lo")
    return fmt::format("another name than '{}'", name);
  return "";
}

class SegmentChecker {
 public:
  SegmentChecker(const Topology& topology, Mistakes& mistakes)
      : topology_{topology}, mistakes_{mistakes} {}

  void check() {
    collect_others();
    for (const auto& segment : topology_.segments) {
      names_.push_back(segment.name.value);
      check_name(segment.name);
      if (segment.vlan) check_vlan(segment.name, *segment.vlan);
      check_gateways(segment);
    }
    for (const auto& node : topology_.nodes)
      check_node(node);
  }

 private:
  struct Network {
    std::string owner;
    Placed<IpPrefix> prefix;
  };

  /// What the names and the networks of segments must be kept apart from.
  void collect_others() {
    const auto take = [&](const Placed<std::string>& name, std::string_view what) {
      taken_.emplace(name.value, std::pair{std::string{what}, name.place});
    };
    for (const auto& node : topology_.nodes)
      take(node.name, "node");
    for (const auto& server : topology_.servers)
      take(server.name, "server");
    for (const auto& wan : topology_.wans) {
      take(wan.name, "WAN");
      for (const auto& address : wan.router.addresses)
        networks_.push_back({"WAN '" + wan.name.value + "'", address});
    }
    for (const auto& link : topology_.links)
      for (const auto* end : {&link.a, &link.b})
        for (const auto& address : end->addresses)
          if (end->interface && is_router(end->node.value))
            networks_.push_back({"the router's port '" + end->interface->value + "'", address});
  }

  bool is_router(const std::string& name) {
    return std::ranges::any_of(topology_.nodes, [&](const NodeSpec& node) {
      return node.name.value == name && node.kind.value == "router";
    });
  }

  void check_name(const Placed<std::string>& name) {
    if (const auto wanted = mistake_of_port_name(name.value); !wanted.empty())
      mistakes_.add(name.place, "a segment's name, which becomes that of an interface, needs {}",
                    wanted);
    if (const auto found = taken_.find(name.value); found != taken_.end())
      mistakes_.add(name.place, "there is a {} '{}' already, at {}", found->second.first,
                    name.value, seen_from(name.place, found->second.second));
  }

  void check_vlan(const Placed<std::string>& name, const Placed<std::uint64_t>& vlan) {
    if (vlan.value < defaults::kFirstVlan || vlan.value > defaults::kLastVlan)
      mistakes_.add(vlan.place, "'vlan' must be from {} to {}: 802.1Q keeps 0 and 4095 for itself",
                    defaults::kFirstVlan, defaults::kLastVlan);
    const auto [first, is_new] = vlans_.emplace(vlan.value, name);
    if (!is_new)
      mistakes_.add(vlan.place, "VLAN {} is '{}' already, at {}", vlan.value, first->second.value,
                    seen_from(vlan.place, first->second.place));
    // The same mistake at the same place counts once.
    if (const auto found = taken_.find(std::string{kTrunk}); found != taken_.end())
      mistakes_.add(found->second.second,
                    "the switch of all tagged segments is called '{}'; give this {} another name",
                    kTrunk, found->second.first);
  }

  void check_gateways(const SegmentSpec& segment) {
    std::set<Family> seen;
    if (segment.gateways.empty())
      mistakes_.add(segment.name.place, "a segment needs an address of the router in it");
    for (const auto& gateway : segment.gateways) {
      const auto family = gateway.value.address.family();
      if (!seen.insert(family).second)
        mistakes_.add(gateway.place, "a second {} address; one per IP version is possible here",
                      to_string(family));
      for (const auto& other : networks_)
        if (other.prefix.value.address.family() == family &&
            overlap(gateway.value, other.prefix.value))
          mistakes_.add(gateway.place, "{} overlaps with {} of {}, at {}",
                        to_string(network_of(gateway.value)),
                        to_string(network_of(other.prefix.value)), other.owner,
                        seen_from(gateway.place, other.prefix.place));
    }
    for (const auto& gateway : segment.gateways)
      networks_.push_back({"segment '" + segment.name.value + "'", gateway});
  }

  void check_node(const NodeSpec& node) {
    if (!node.segment) {
      if (!node.addresses.empty())
        mistakes_.add(
            node.addresses.front().place,
            "'addresses' belongs to a host in a segment; elsewhere the link's end has them");
      return;
    }
    const auto segment = std::ranges::find(topology_.segments, node.segment->value,
                                           [](const SegmentSpec& spec) { return spec.name.value; });
    if (segment == topology_.segments.end())
      mistakes_.add(node.segment->place, "there is no segment '{}'{}", node.segment->value,
                    name_hint(node.segment->value, names_));
    if (node.kind.value != "host") {
      mistakes_.add(node.segment->place, "only a host is in a segment, and '{}' is of kind {}",
                    node.name.value, node.kind.value);
      return;
    }
    if (const auto wanted = mistake_of_port_name(node.name.value); !wanted.empty())
      mistakes_.add(node.name.place,
                    "a host in a segment, whose switch calls the port by its name, needs {}",
                    wanted);
    if (node.addresses.empty())
      mistakes_.add(node.name.place, "a host in a segment needs 'addresses'");
    if (segment != topology_.segments.end()) check_addresses(node, *segment);
  }

  void check_addresses(const NodeSpec& node, const SegmentSpec& segment) {
    std::set<Family> seen;
    for (const auto& address : node.addresses) {
      if (!seen.insert(address.value.family()).second)
        mistakes_.add(address.place, "a second {} address; one per IP version is possible here",
                      to_string(address.value.family()));
      const bool is_inside = std::ranges::any_of(segment.gateways, [&](const auto& gateway) {
        return gateway.value.contains(address.value);
      });
      if (!is_inside)
        mistakes_.add(address.place, "{} is in no network of segment '{}'{}",
                      to_string(address.value), segment.name.value, networks_text(segment));
    }
  }

  static std::string networks_text(const SegmentSpec& segment) {
    std::string text;
    for (const auto& gateway : segment.gateways)
      text += (text.empty() ? " (" : ", ") + to_string(network_of(gateway.value));
    return text.empty() ? "" : text + ")";
  }

  const Topology& topology_;
  Mistakes& mistakes_;
  std::vector<std::string> names_;
  std::map<std::string, std::pair<std::string, Place>> taken_;
  std::map<std::uint64_t, Placed<std::string>> vlans_;
  std::vector<Network> networks_;
};

}  // namespace

void check_segments(const Topology& topology, Mistakes& mistakes) {
  SegmentChecker{topology, mistakes}.check();
}

}  // namespace wandrill
