// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/pairs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plan/words.hpp"

namespace wandrill {
namespace {

using Names = std::vector<Placed<std::string>>;

constexpr std::string_view kBoth = "both";
constexpr std::string_view kAllSegments = "segments";
constexpr std::string_view kAllIsps = "isps";

bool is_known(const TopologyPlan& topology, const std::string& name) {
  const bool is_server =
      std::ranges::find(topology.servers, name, &ServerPlan::name) != topology.servers.end();
  const auto* node = topology.node(name);
  return is_server || (node != nullptr && node->kind != NodeKind::kSwitch);
}

/// The machines that a name stands for; the name itself where it is none of a group.
std::vector<std::string> members_of(const TopologyPlan& topology, const std::string& name) {
  if (is_known(topology, name)) return {name};
  std::vector<std::string> members;
  for (const auto& node : topology.nodes) {
    const bool is_in_segment = node.kind == NodeKind::kHost && !node.segment.empty() &&
                               (name == kAllSegments || node.segment == name);
    const bool is_isp = node.kind == NodeKind::kIsp && name == kAllIsps;
    if (is_in_segment || is_isp) members.push_back(node.name);
  }
  if (members.empty()) members.push_back(name);
  return members;
}

Names expanded(const Names& names, const TopologyPlan& topology) {
  Names all;
  for (const auto& [name, place] : names)
    for (auto& member : members_of(topology, name)) {
      const auto is_same = [&](const auto& known) { return known.value == member; };
      if (std::ranges::none_of(all, is_same)) all.push_back({std::move(member), place});
    }
  return all;
}

/// The values that a key stands for; nothing: the default.
std::vector<std::optional<Placed<std::string>>> values_of(
    const std::optional<Placed<std::string>>& key, std::string_view one, std::string_view other) {
  if (!key || key->value != kBoth) return {key};
  return {Placed<std::string>{std::string{one}, key->place},
          Placed<std::string>{std::string{other}, key->place}};
}

/// Between hosts of one network no router stands.
bool are_neighbours(const TopologyPlan& topology, const std::string& from, const std::string& to) {
  const auto* a = topology.node(from);
  const auto* b = topology.node(to);
  return a != nullptr && b != nullptr && a->kind == NodeKind::kHost && b->kind == NodeKind::kHost &&
         a->segment == b->segment;
}

/// Adds the sessions of one pair of machines: each family over each transport.
void add_pair(const SessionSpec& one, const std::string& name, std::vector<PairSpec>& pairs) {
  const auto families = values_of(one.family, "ipv4", "ipv6");
  const auto transports = values_of(one.transport, "udp", "tcp");
  for (const auto& family : families)
    for (const auto& transport : transports) {
      PairSpec pair{name, one};
      pair.spec.family = family;
      pair.spec.transport = transport;
      if (families.size() > 1) pair.name += "." + family->value;
      if (transports.size() > 1) pair.name += "." + transport->value;
      pairs.push_back(std::move(pair));
    }
}

}  // namespace

std::vector<PairSpec> pairs_of(const SessionSpec& spec, const TopologyPlan& topology,
                               Mistakes& mistakes) {
  const auto all_from = expanded(spec.all_from, topology);
  const auto all_to = expanded(spec.all_to, topology);
  const bool is_pair = all_from.size() == 1 && all_to.size() == 1;
  std::vector<PairSpec> pairs;
  auto one = spec;
  for (const auto& from : all_from)
    for (const auto& to : all_to) {
      const bool is_same = from.value == to.value;
      if (is_same || (!is_pair && are_neighbours(topology, from.value, to.value))) continue;
      one.from = from;
      one.to = to;
      add_pair(one,
               is_pair ? spec.name.value
                       : fmt::format("{}.{}-{}", spec.name.value, from.value, to.value),
               pairs);
    }
  if (pairs.empty())
    mistakes.add(spec.name.place,
                 "no pair of '{}' is in different networks, so none crosses the router",
                 spec.name.value);
  return pairs;
}

void refuse_matrices(const Scenario& scenario, std::string_view why, Mistakes& mistakes) {
  for (const auto& spec : scenario.traffic)
    if (parse_kind(spec.kind.value) == TrafficKind::kMatrix)
      mistakes.add(spec.kind.place, "'{}' compares WANs, and {}", spec.name.value, why);
}

}  // namespace wandrill
