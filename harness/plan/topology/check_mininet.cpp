// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/check_mininet.hpp"

#include "plan/topology/mininet_graph.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

void check_node_name(const MininetNode& node, const Place& place, Mistakes& mistakes) {
  if (node.name.size() > defaults::kLongestName)
    mistakes.add(place, "a node's name has at most {} characters; '{}' has {}",
                 defaults::kLongestName, node.name, node.name.size());
  if (node.name == "files" || node.name.find_first_of("./ ") != std::string::npos)
    mistakes.add(place, "a node cannot be called '{}'", node.name);
}

void check_interface(const MininetNetwork& network, const MininetEnd& end, const Place& place,
                     Mistakes& mistakes) {
  if (network.node(end.node)->interface(end.interface) == nullptr)
    mistakes.add(place,
                 "'{}' has no interface '{}' any more, which Mininet made for its link: was it "
                 "renamed? intfName1 and intfName2 of addLink() name interfaces",
                 end.node, end.interface);
}

}  // namespace

void check_mininet(const MininetNetwork& network, bool is_attached, const Place& place,
                   Mistakes& mistakes) {
  for (const auto& node : network.nodes)
    check_node_name(node, place, mistakes);
  for (const auto& link : network.links)
    for (const auto* end : {&link.a, &link.b})
      check_interface(network, *end, place, mistakes);
  const auto* ring = is_attached ? nullptr : MininetGraph{network}.ring_of_switches();
  if (ring != nullptr)
    mistakes.add(place,
                 "the link between {} and {} closes a ring of switches: they run no spanning tree, "
                 "and frames would circle for ever",
                 ring->a.node, ring->b.node);
}

}  // namespace wandrill
