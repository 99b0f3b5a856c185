// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/resolve_mininet.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include <fmt/ranges.h>

#include "base/names.hpp"
#include "plan/topology/check_mininet.hpp"
#include "plan/topology/mininet_graph.hpp"
#include "scenario/defaults.hpp"
#include "scenario/mininet.hpp"

namespace wandrill {
namespace {

/// What the scenario says wins over what the file says of itself.
MininetRoles joined(MininetRoles own, MininetRoles file) {
  if (!own.router) own.router = std::move(file.router);
  if (own.wans.empty()) own.wans = std::move(file.wans);
  if (own.inside.empty()) own.inside = std::move(file.inside);
  if (own.servers.empty()) own.servers = std::move(file.servers);
  if (own.services.empty()) own.services = std::move(file.services);
  return own;
}

class Layout {
 public:
  Layout(const Topology& topology, Mistakes& mistakes)
      : place_{topology.place},
        network_{*topology.built},
        graph_{network_},
        mistakes_{mistakes},
        laid_{topology} {
    roles_ = joined(topology.mininet->roles, decode_roles(network_.roles, place_, mistakes));
    for (const auto& node : network_.nodes)
      names_.push_back(node.name);
  }

  Topology lay() {
    const auto before = mistakes_.size();
    laid_.description = fmt::format("{}, built by Mininet", network_.topo);
    check_mininet(network_, laid_.mininet->attached, place_, mistakes_);
    find_router();
    if (!router_.empty()) check_namespace(router_);
    if (!router_.empty()) add_wans();
    if (mistakes_.size() > before) return std::move(laid_);
    for (const auto& node : network_.nodes)
      laid_.nodes.push_back({.name = {node.name, place_}, .kind = {kind_of(node), place_}});
    add_cables();
    add_servers();
    add_services();
    return std::move(laid_);
  }

 private:
  /// A node that is to break or to be broken would share its routes with every switch.
  void check_namespace(const std::string& node) {
    if (network_.node(node)->shares_network && !graph_.is_switch(node))
      mistakes_.add(place_,
                    "'{}' has no network of its own (inNamespace=False): neither the router nor a "
                    "provider can be so",
                    node);
  }

  void find_router() {
    if (roles_.router) {
      router_ = roles_.router->value;
      if (network_.node(router_) != nullptr) return;
      mistakes_.add(roles_.router->place, "there is no node '{}'{}", router_,
                    name_hint(router_, names_));
      router_.clear();
      return;
    }
    const auto candidates = graph_.router_candidates();
    if (candidates.size() == 1)
      router_ = candidates.front();
    else if (candidates.empty())
      mistakes_.add(place_,
                    "no node of it forwards (net.ipv4.ip_forward); 'router' names the one "
                    "under test");
    else
      mistakes_.add(place_, "which node is under test? 'router' takes {}",
                    fmt::join(candidates, ", "));
  }

  void add_wans() {
    const auto links = graph_.links_at(router_);
    for (const auto& name : roles_.inside)
      if (!find_link(links, name.value)) add_no_link(name, links);
    if (roles_.wans.empty()) choose_wans();
    if (roles_.wans.empty()) return;
    for (std::size_t i = 0; i < roles_.wans.size(); ++i)
      add_wan(roles_.wans[i], i + 1, links);
    for (const auto& link : links)
      check_way_out(link);
  }

  [[nodiscard]] bool is_inside(const Sight& link) const {
    return std::ranges::any_of(
        roles_.inside, [&](const auto& name) { return name.value == link.near->interface; });
  }

  /// Those of the one side where there are several ways out.
  void choose_wans() {
    auto sides = graph_.sides_of(router_);
    for (auto& side : sides)
      std::erase_if(side, [&](const Sight& link) { return is_inside(link); });
    std::erase_if(sides, [](const auto& side) { return side.empty(); });
    std::ranges::stable_sort(sides, std::greater{}, [](const auto& side) { return side.size(); });
    if (sides.empty()) {
      mistakes_.add(place_,
                    "no link of '{}' leads to a node that forwards: 'wans' names those that can "
                    "break, each with its interface: {}",
                    router_, fmt::join(interfaces_of(graph_.links_at(router_)), ", "));
      return;
    }
    if (sides.size() > 1 && sides[0].size() == sides[1].size()) {
      std::vector<std::string> ways;
      for (const auto& side : sides)
        for (const auto& [near, far] : side)
          ways.push_back(fmt::format("{} (to {})", near->interface, far->node));
      mistakes_.add(place_,
                    "which links of '{}' lead out? They lead to networks apart from each other: "
                    "{}. 'wans' names those that do, 'inside' those that lead home",
                    router_, fmt::join(ways, ", "));
      return;
    }
    for (const auto& [near, far] : sides.front())
      roles_.wans.push_back({.name = {near->interface, place_}});
  }

  /// By a link that no tap sees traffic would leave, and the report say that it stayed.
  void check_way_out(const Sight& link) {
    if (is_inside(link)) return;
    for (const auto& wan : laid_.wans)
      if (wan.router.interface->value == link.near->interface) return;
    for (const auto& wan : laid_.wans)
      if (graph_.leads_to(link, wan.isp.node.value)) {
        mistakes_.add(wan.name.place,
                      "{} of '{}' (to {}) leads out, too, to where WAN '{}' leads, and no tap "
                      "would see what leaves by it: name it in 'wans', or in 'inside' if it leads "
                      "home",
                      link.near->interface, router_, link.far->node, wan.name.value);
        return;
      }
  }

  static std::vector<std::string> interfaces_of(const std::vector<Sight>& links) {
    std::vector<std::string> names;
    for (const auto& [near, far] : links)
      names.push_back(near->interface);
    return names;
  }

  static std::optional<Sight> find_link(const std::vector<Sight>& links,
                                        const std::string& interface) {
    const auto found = std::ranges::find_if(
        links, [&](const Sight& sight) { return sight.near->interface == interface; });
    return found == links.end() ? std::nullopt : std::optional{*found};
  }

  void add_no_link(const Placed<std::string>& wanted, const std::vector<Sight>& links) {
    const auto there = interfaces_of(links);
    mistakes_.add(wanted.place, "'{}' has no link at an interface '{}'{}; there is {}", router_,
                  wanted.value, name_hint(wanted.value, there), fmt::join(there, ", "));
  }

  void add_wan(const MininetWanSpec& spec, std::uint64_t number, const std::vector<Sight>& links) {
    const auto wanted = spec.interface.value_or(spec.name);
    const auto link = find_link(links, wanted.value);
    if (!link) {
      add_no_link(wanted, links);
      return;
    }
    if (std::ranges::any_of(laid_.wans, [&](const WanSpec& other) {
          return other.router.interface->value == wanted.value;
        }))
      mistakes_.add(wanted.place, "two WANs have the interface '{}'", wanted.value);
    check_provider(spec, *link->far);
    check_namespace(link->far->node);
    const auto priority = spec.priority.value_or(Placed<std::uint64_t>{number, place_});
    if (priority.value == 0 || priority.value > 1000)
      mistakes_.add(priority.place, "'priority' is from 1 (the primary) to 1000");
    for (const auto& other : laid_.wans)
      if (other.priority.value == priority.value)
        mistakes_.add(priority.place, "'{}' has priority {} already", other.name.value,
                      priority.value);
    for (const auto& [name, place] : spec.not_for)
      if (network_.node(name) == nullptr)
        mistakes_.add(place, "there is no host '{}'{}", name, name_hint(name, names_));
    laid_.wans.push_back({.name = spec.name,
                          .priority = priority,
                          .router = end_of(*link->near),
                          .isp = end_of(*link->far),
                          .not_for = spec.not_for,
                          .up = line_of(*link->near, place_, mistakes_),
                          .down = line_of(*link->far, place_, mistakes_),
                          .sources = graph_.forwards(link->far->node)
                                         ? sources_of(spec, *link->far)
                                         : std::vector<Placed<IpPrefix>>{}});
  }

  /// One behind a switch would forward what comes from any address: no lab of ours goes without
  /// that check.
  void check_provider(const MininetWanSpec& wan, const MininetEnd& far) {
    if (!graph_.is_switch(far.node)) return;
    for (const auto& node : graph_.segment_of(far.node, router_))
      if (node != router_ && graph_.forwards(node))
        mistakes_.add(wan.name.place,
                      "WAN '{}' leads to the switch '{}', and its provider '{}' is behind: link "
                      "the provider to the router itself, so that it can check sources (BCP 38)",
                      wan.name.value, far.node, node);
  }

  [[nodiscard]] std::vector<Placed<IpPrefix>> sources_of(const MininetWanSpec& spec,
                                                         const MininetEnd& provider) const {
    if (!spec.sources.empty()) return spec.sources;
    return end_of(provider).addresses;
  }

  /// With the first address of each IP version: others have no part in a drill.
  [[nodiscard]] LinkEndSpec end_of(const MininetEnd& end) const {
    LinkEndSpec spec{.place = place_,
                     .node = {end.node, place_},
                     .interface = Placed<std::string>{end.interface, place_}};
    const auto* interface = network_.node(end.node)->interface(end.interface);
    if (interface != nullptr) spec.addresses = first_of_each(interface->addresses);
    return spec;
  }

  [[nodiscard]] std::vector<Placed<IpPrefix>> first_of_each(
      const std::vector<IpPrefix>& addresses) const {
    std::vector<Placed<IpPrefix>> found;
    std::set<Family> seen;
    for (const auto& prefix : addresses)
      if (seen.insert(prefix.address.family()).second) found.push_back({prefix, place_});
    return found;
  }

  [[nodiscard]] bool is_provider(const std::string& node) const {
    return std::ranges::any_of(laid_.wans,
                               [&](const WanSpec& wan) { return wan.isp.node.value == node; });
  }

  [[nodiscard]] std::string kind_of(const MininetNode& node) const {
    if (node.name == router_) return "router";
    if (node.is_switch) return "switch";
    if (is_provider(node.name) && node.forwards) return "isp";
    return node.forwards ? "internet" : "host";
  }

  [[nodiscard]] bool is_wan(const MininetLink& link) const {
    return std::ranges::any_of(laid_.wans, [&](const WanSpec& wan) {
      const auto is_it = [&](const MininetEnd& end) {
        return end.node == wan.router.node.value && end.interface == wan.router.interface->value;
      };
      return is_it(link.a) || is_it(link.b);
    });
  }

  void add_cables() {
    for (const auto& link : network_.links)
      if (!is_wan(link)) laid_.links.push_back({place_, end_of(link.a), end_of(link.b)});
  }

  [[nodiscard]] bool is_named(const IpAddress& address) const {
    return std::ranges::any_of(laid_.servers, [&](const ServerSpec& server) {
      return std::ranges::any_of(server.addresses,
                                 [&](const auto& own) { return own.value == address; });
    });
  }

  /// Nodes under their own names, but for addresses that have one; hosts are servers already.
  void add_servers() {
    for (const auto& server : roles_.servers)
      add_named_server(server);
    for (const auto& node : laid_.nodes) {
      const bool is_taken = std::ranges::any_of(laid_.servers, [&](const ServerSpec& server) {
        return server.name.value == node.name.value;
      });
      const bool is_far = node.kind.value == "isp" || node.kind.value == "internet";
      const auto addresses = own_addresses(*network_.node(node.name.value));
      if (is_far && !is_taken && !addresses.empty())
        laid_.servers.push_back({node.name, node.name, addresses});
    }
  }

  /// Those of lo first, where servers have theirs.
  [[nodiscard]] std::vector<Placed<IpAddress>> own_addresses(const MininetNode& node) const {
    std::vector<IpPrefix> all;
    if (const auto* loopback = node.interface("lo")) all = loopback->addresses;
    for (const auto& interface : node.interfaces)
      if (interface.name != "lo")
        all.insert(all.end(), interface.addresses.begin(), interface.addresses.end());
    std::erase_if(all, [&](const IpPrefix& prefix) { return is_named(prefix.address); });
    std::vector<Placed<IpAddress>> addresses;
    for (const auto& [prefix, place] : first_of_each(all))
      addresses.push_back({prefix.address, place});
    return addresses;
  }

  void add_named_server(const ServerSpec& server) {
    const auto* node = network_.node(server.node.value);
    if (node == nullptr) {
      mistakes_.add(server.node.place, "there is no node '{}'{}", server.node.value,
                    name_hint(server.node.value, names_));
      return;
    }
    if (network_.node(server.name.value) != nullptr)
      mistakes_.add(server.name.place, "'{}' is a node already", server.name.value);
    if (server.name.value == "files" || server.name.value.find('.') != std::string::npos)
      mistakes_.add(server.name.place, "a server cannot be called '{}'", server.name.value);
    for (const auto& address : server.addresses)
      if (!has_address(*node, address.value))
        mistakes_.add(address.place, "'{}' has no address {}: the topology's own code gives it",
                      node->name, to_string(address.value));
    laid_.servers.push_back(server);
  }

  static bool has_address(const MininetNode& node, const IpAddress& address) {
    return std::ranges::any_of(node.interfaces, [&](const MininetInterface& interface) {
      return std::ranges::any_of(interface.addresses,
                                 [&](const IpPrefix& prefix) { return prefix.address == address; });
    });
  }

  void add_services() {
    for (const auto& service : roles_.services)
      if (service.kind.value == "dhcp")
        mistakes_.add(service.kind.place,
                      "a Mininet topology gives its addresses itself; there is no dhcp service");
      else
        laid_.services.push_back(service);
  }

  const Place& place_;
  const MininetNetwork& network_;
  const MininetGraph graph_;
  Mistakes& mistakes_;
  Topology laid_;
  MininetRoles roles_;
  std::vector<std::string> names_;
  std::string router_;
};

}  // namespace

Topology lay_out(const Topology& topology, Mistakes& mistakes) {
  return Layout{topology, mistakes}.lay();
}

std::vector<MininetLine> lines_of(const Topology& laid_out, Mistakes& mistakes) {
  std::vector<MininetLine> lines;
  const auto& place = laid_out.place;
  for (const auto& link : laid_out.built->links) {
    const bool is_cable = std::ranges::any_of(laid_out.links, [&](const LinkSpec& cable) {
      return cable.a.node.value == link.a.node && cable.a.interface->value == link.a.interface;
    });
    if (!is_cable || (!link.a.is_impaired() && !link.b.is_impaired())) continue;
    lines.push_back({.a = link.a,
                     .b = link.b,
                     .to_b = line_of(link.a, place, mistakes),
                     .to_a = line_of(link.b, place, mistakes)});
  }
  return lines;
}

}  // namespace wandrill
