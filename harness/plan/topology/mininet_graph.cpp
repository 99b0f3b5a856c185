// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/mininet_graph.hpp"

#include <algorithm>
#include <map>

namespace wandrill {

std::vector<Sight> MininetGraph::links_at(const std::string& node) const {
  std::vector<Sight> found;
  for (const auto& link : network_.links) {
    if (link.a.node == node) found.push_back({&link.a, &link.b});
    if (link.b.node == node) found.push_back({&link.b, &link.a});
  }
  std::ranges::stable_sort(found, {}, [](const Sight& sight) { return sight.near->port; });
  return found;
}

bool MininetGraph::forwards(const std::string& node) const {
  return network_.node(node)->forwards && !is_switch(node);
}

bool MininetGraph::is_switch(const std::string& node) const {
  return network_.node(node)->is_switch;
}

std::set<std::string> MininetGraph::walk(
    const std::string& start, const std::function<bool(const std::string&)>& passes) const {
  std::set<std::string> reached{start};
  std::vector<std::string> open{start};
  while (!open.empty()) {
    const auto node = open.back();
    open.pop_back();
    if (!passes(node)) continue;
    for (const auto& [near, far] : links_at(node))
      if (reached.insert(far->node).second) open.push_back(far->node);
  }
  return reached;
}

std::set<std::string> MininetGraph::reached_from(const std::string& start,
                                                 const std::string& without) const {
  return walk(start, [&](const std::string& node) {
    return node != without && (forwards(node) || is_switch(node));
  });
}

std::set<std::string> MininetGraph::segment_of(const std::string& start,
                                               const std::string& without) const {
  return walk(start, [&](const std::string& node) { return node != without && is_switch(node); });
}

std::vector<std::vector<Sight>> MininetGraph::sides_of(const std::string& node) const {
  std::vector<std::vector<Sight>> sides;
  for (const auto& link : links_at(node)) {
    if (!forwards(link.far->node)) continue;
    const auto reached = reached_from(link.far->node, node);
    const auto same = std::ranges::find_if(sides, [&](const std::vector<Sight>& side) {
      return reached.contains(side.front().far->node);
    });
    if (same == sides.end())
      sides.push_back({link});
    else
      same->push_back(link);
  }
  return sides;
}

/// 0: all of its links are on that side.
std::size_t MininetGraph::outward_links_of(const std::string& node) const {
  std::size_t most = 0;
  for (const auto& side : sides_of(node))
    most = std::max(most, side.size());
  return most == links_at(node).size() ? 0 : most;
}

std::vector<std::string> MininetGraph::router_candidates() const {
  std::vector<std::string> forwarding;
  std::vector<std::string> between;
  std::size_t most = 1;
  for (const auto& node : network_.nodes) {
    if (!forwards(node.name)) continue;
    forwarding.push_back(node.name);
    const auto outward = outward_links_of(node.name);
    if (outward > most) between.clear();
    if (outward >= most) between.push_back(node.name);
    most = std::max(most, outward);
  }
  return between.empty() ? forwarding : between;
}

const MininetLink* MininetGraph::ring_of_switches() const {
  // Each switch with the name of the island that it is part of so far.
  std::map<std::string, std::string> island;
  for (const auto& node : network_.nodes)
    if (node.is_switch) island[node.name] = node.name;
  for (const auto& link : network_.links) {
    if (!is_switch(link.a.node) || !is_switch(link.b.node)) continue;
    const auto joined = island[link.a.node];
    const auto old = island[link.b.node];
    if (joined == old) return &link;
    for (auto& [name, part] : island)
      if (part == old) part = joined;
  }
  return nullptr;
}

bool MininetGraph::has_hosts(const std::string& switch_node) const {
  return std::ranges::any_of(segment_of(switch_node), [&](const std::string& node) {
    return !is_switch(node) && !forwards(node);
  });
}

bool MininetGraph::leads_to(const Sight& link, const std::string& goal) const {
  const auto& first = link.far->node;
  if (is_switch(first) ? has_hosts(first) : !forwards(first)) return false;
  return reached_from(first, link.near->node).contains(goal);
}

}  // namespace wandrill
