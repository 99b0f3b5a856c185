// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/resolve_capacity.hpp"

#include <algorithm>

#include "base/names.hpp"

namespace wandrill {
namespace {

constexpr std::uint64_t kLastDscp = 63;

void check_from(const CapacitySpec& spec, const TopologyPlan& plan, Mistakes& mistakes) {
  std::vector<std::string> hosts;
  for (const auto& node : plan.nodes)
    if (node.kind == NodeKind::kHost) hosts.push_back(node.name);
  for (const auto& [name, place] : spec.from)
    if (std::ranges::find(hosts, name) == hosts.end())
      mistakes.add(place, "there is no host '{}'{}", name, name_hint(name, hosts));
}

/// A metric's name has it between dots.
void check_class_name(const Placed<std::string>& name, Mistakes& mistakes) {
  if (name.value.find('.') != std::string::npos)
    mistakes.add(name.place, "'{}' cannot be a class's name: it may hold no dot", name.value);
}

/// What is guaranteed must fit by itself, whatever else there is.
void check_guarantee(const CapacitySpec& spec, const TopologyPlan& plan, Mistakes& mistakes) {
  for (const auto direction : {Direction::kUp, Direction::kDown}) {
    const bool is_up = direction == Direction::kUp;
    const auto& needs = is_up ? spec.up : spec.down;
    if (!needs) continue;
    for (const auto& wan : plan.wans) {
      const auto rate = (is_up ? wan.up : wan.down).rate;
      if (rate.value > 0 && needs->value > rate)
        mistakes.add(needs->place, "'{}' is guaranteed {} {}, and {} carries only {}",
                     spec.name.value, to_string(needs->value), to_string(direction), wan.name,
                     to_string(rate));
    }
  }
}

}  // namespace

void resolve_capacity(const Topology& topology, TopologyPlan& plan, Mistakes& mistakes) {
  for (const auto& spec : topology.capacity) {
    const auto& [name, place] = spec.name;
    CapacityClass one{.name = name, .guaranteed = spec.guaranteed && spec.guaranteed->value};
    if (spec.up) one.up = spec.up->value;
    if (spec.down) one.down = spec.down->value;
    check_class_name(spec.name, mistakes);
    if (!spec.up && !spec.down)
      mistakes.add(place, "'{}' needs nothing: give 'up', 'down' or both", name);
    if (!spec.dscp && spec.from.empty())
      mistakes.add(place, "nothing tells what belongs to '{}': give 'dscp', 'from' or both", name);
    if (spec.dscp && spec.dscp->value > kLastDscp)
      mistakes.add(spec.dscp->place, "'dscp' must be from 0 to {}", kLastDscp);
    else if (spec.dscp)
      one.dscp = static_cast<std::uint8_t>(spec.dscp->value);
    for (const auto& host : spec.from)
      one.from.push_back(host.value);
    check_from(spec, plan, mistakes);
    if (one.guaranteed) check_guarantee(spec, plan, mistakes);
    plan.capacity.push_back(std::move(one));
  }
}

}  // namespace wandrill
