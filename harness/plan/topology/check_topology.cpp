// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/check_topology.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/names.hpp"
#include "plan/topology/resolve_segments.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

class TopologyChecker {
 public:
  TopologyChecker(const Topology& topology, Mistakes& mistakes)
      : topology_{topology}, mistakes_{mistakes} {}

  void check() {
    for (const auto& node : topology_.nodes) {
      names_.push_back(node.name.value);
      kinds_[node.name.value] = node.kind.value;
    }
    check_kinds();
    for (const auto& link : topology_.links)
      for (const auto* end : {&link.a, &link.b})
        check_end(*end, end->interface);
    check_segments();
    check_wans();
    check_servers();
    for (const auto& node : topology_.nodes)
      check_routes(node);
    for (const auto& link : topology_.links)
      for (const auto* end : {&link.a, &link.b})
        for (const auto& gateway : end->gateways)
          check_reachable(end->node.value, gateway);
  }

 private:
  void check_kinds() {
    const NodeSpec* router = nullptr;
    for (const auto& node : topology_.nodes) {
      check_length(node.name, "a node's name", defaults::kLongestName);
      if (node.kind.value != "router") continue;
      if (router != nullptr)
        mistakes_.add(node.name.place, "a second router; the first is '{}' at {}",
                      router->name.value, seen_from(node.name.place, router->name.place));
      else
        router = &node;
      router_ = router->name.value;
      if (!node.routes.empty())
        mistakes_.add(node.routes.front().place,
                      "the router under test gets no routes: they are its own business");
    }
    if (router == nullptr) mistakes_.add(topology_.place, "there is no node of kind router");
    if (topology_.wans.empty()) mistakes_.add(topology_.place, "there is no WAN");
  }

  void check_length(const Placed<std::string>& name, std::string_view what, std::size_t most) {
    if (name.value.size() > most)
      mistakes_.add(name.place, "{} has at most {} characters; '{}' has {}", what, most, name.value,
                    name.value.size());
    if (name.value.find('/') != std::string::npos) mistakes_.add(name.place, "{} has no '/'", what);
  }

  bool check_node(const Placed<std::string>& node) {
    if (node.value.empty()) return false;
    if (kinds_.contains(node.value)) return true;
    mistakes_.add(node.place, "there is no node '{}'{}", node.value, name_hint(node.value, names_));
    return false;
  }

  void check_end(const LinkEndSpec& end, const std::optional<Placed<std::string>>& interface) {
    const bool known = check_node(end.node);
    if (interface) {
      check_length(*interface, "an interface's name", defaults::kLongestInterface);
      claim(end.node.value, *interface);
      if (interface->value == "lo" || interface->value == "bridge")
        mistakes_.add(interface->place, "an interface cannot be called '{}'", interface->value);
    }
    for (const auto& address : end.addresses) {
      check_unique(address.value.address, address.place);
      networks_[end.node.value].push_back(address.value);
    }
    if (known && kinds_[end.node.value] == "switch" && !end.addresses.empty())
      mistakes_.add(end.addresses.front().place, "a switch has no addresses");
    if (known && kinds_[end.node.value] != "host" && !end.gateways.empty())
      mistakes_.add(end.gateways.front().place, "only a host has gateways; give '{}' routes",
                    end.node.value);
  }

  void claim(const std::string& node, const Placed<std::string>& interface) {
    const auto [first, is_new] =
        interfaces_.emplace(std::pair{node, interface.value}, interface.place);
    if (!is_new)
      mistakes_.add(interface.place, "'{}' has two interfaces '{}'; the first is at {}", node,
                    interface.value, seen_from(interface.place, first->second));
  }

  /// The ports and addresses that segments stand for; the rest is in check_segments.cpp.
  void check_segments() {
    bool has_trunk = false;
    for (const auto& segment : topology_.segments) {
      if (!segment.vlan || !has_trunk)
        claim(router_, {router_port_of(segment), segment.name.place});
      has_trunk = has_trunk || segment.vlan;
      for (const auto& gateway : segment.gateways) {
        check_unique(gateway.value.address, gateway.place);
        networks_[router_].push_back(gateway.value);
      }
      for (const auto& node : topology_.nodes)
        if (node.segment && node.segment->value == segment.name.value)
          for (const auto& gateway : segment.gateways)
            networks_[node.name.value].push_back(gateway.value);
    }
    for (const auto& node : topology_.nodes) {
      if (node.segment) claim(node.name.value, {kHostPort, node.segment->place});
      for (const auto& address : node.addresses)
        check_unique(address.value, address.place);
    }
  }

  void check_unique(const IpAddress& address, const Place& place) {
    const auto [first, is_new] = addresses_.emplace(address, place);
    if (!is_new)
      mistakes_.add(place, "address {} is given twice; the first is at {}", to_string(address),
                    seen_from(place, first->second));
  }

  void check_wans() {
    std::map<std::uint64_t, Placed<std::string>> priorities;
    for (const auto& wan : topology_.wans) {
      check_end(wan.router, wan.name);
      check_end(wan.isp, wan.name);
      check_wan_end(wan.router, "router");
      check_wan_end(wan.isp, "isp");
      check_not_for(wan);
      if (wan.priority.value == 0 || wan.priority.value > 1000)
        mistakes_.add(wan.priority.place, "'priority' is from 1 (the primary) to 1000");
      const auto [first, is_new] = priorities.emplace(wan.priority.value, wan.name);
      if (!is_new)
        mistakes_.add(wan.priority.place, "'{}' has this priority already", first->second.value);
      for (const auto& mine : wan.router.addresses)
        if (std::ranges::none_of(wan.isp.addresses, [&](const auto& theirs) {
              return mine.value.contains(theirs.value.address);
            }))
          mistakes_.add(mine.place, "no address of the provider's end is in the network of {}",
                        to_string(mine.value));
    }
  }

  void check_not_for(const WanSpec& wan) {
    std::vector<std::string> known;
    for (const auto& [name, kind] : kinds_)
      if (kind == "host") known.push_back(name);
    for (const auto& segment : topology_.segments)
      known.push_back(segment.name.value);
    for (const auto& [name, place] : wan.not_for)
      if (std::ranges::find(known, name) == known.end())
        mistakes_.add(place, "there is no segment or host '{}'{}", name, name_hint(name, known));
  }

  void check_wan_end(const LinkEndSpec& end, std::string_view kind) {
    if (kinds_.contains(end.node.value) && kinds_[end.node.value] != kind)
      mistakes_.add(end.node.place,
                    "this end of a WAN needs a node of kind {}, and '{}' is of kind {}", kind,
                    end.node.value, kinds_[end.node.value]);
    check_families(end.addresses);
  }

  template <typename Address>
  void check_families(const std::vector<Placed<Address>>& addresses) {
    std::set<Family> seen;
    for (const auto& [value, place] : addresses) {
      const IpAddress* address = nullptr;
      if constexpr (std::is_same_v<Address, IpPrefix>)
        address = &value.address;
      else
        address = &value;
      if (!seen.insert(address->family()).second)
        mistakes_.add(place, "a second {} address; one per IP version is possible here",
                      to_string(address->family()));
    }
  }

  void check_servers() {
    for (const auto& server : topology_.servers) {
      check_length(server.name, "a server's name", defaults::kLongestName);
      if (kinds_.contains(server.name.value) && kinds_[server.name.value] == "host")
        mistakes_.add(server.name.place, "'{}' is a host already", server.name.value);
      if (server.name.value == "files" || server.name.value.find('.') != std::string::npos)
        mistakes_.add(server.name.place, "a server cannot be called '{}'", server.name.value);
      if (check_node(server.node) && kinds_[server.node.value] != "internet" &&
          kinds_[server.node.value] != "isp")
        mistakes_.add(server.node.place,
                      "a server needs a node of kind internet or isp, and '{}' is of kind {}",
                      server.node.value, kinds_[server.node.value]);
      check_families(server.addresses);
      for (const auto& address : server.addresses)
        check_unique(address.value, address.place);
    }
  }

  void check_routes(const NodeSpec& node) {
    for (const auto& route : node.routes) {
      if (route.to->value.address.family() != route.via->value.family())
        mistakes_.add(route.via->place, "a route to {} cannot go by {}", to_string(route.to->value),
                      to_string(route.via->value));
      else
        check_reachable(node.name.value, *route.via);
    }
  }

  void check_reachable(const std::string& node, const Placed<IpAddress>& hop) {
    const auto& networks = networks_[node];
    if (!kinds_.contains(node)) return;
    if (std::ranges::none_of(networks, [&](const auto& net) { return net.contains(hop.value); }))
      mistakes_.add(hop.place, "no interface of '{}' is in the network of {}", node,
                    to_string(hop.value));
  }

  const Topology& topology_;
  Mistakes& mistakes_;
  std::string router_;  ///< Its name.
  std::vector<std::string> names_;
  std::map<std::string, std::string> kinds_;
  std::map<std::pair<std::string, std::string>, Place> interfaces_;
  std::map<IpAddress, Place> addresses_;
  std::map<std::string, std::vector<IpPrefix>> networks_;
};

}  // namespace

void check_topology(const Topology& topology, Mistakes& mistakes) {
  TopologyChecker{topology, mistakes}.check();
}

}  // namespace wandrill
