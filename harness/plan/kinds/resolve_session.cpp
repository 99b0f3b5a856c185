// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/names.hpp"
#include "plan/kinds/through.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

void check_client(const SessionSpec& spec, const TopologyPlan& topology, Mistakes& mistakes) {
  const auto& [name, place] = spec.from;
  const auto* node = topology.node(name);
  if (node == nullptr) {
    const auto server = std::ranges::find(topology.servers, name, &ServerPlan::name);
    if (server != topology.servers.end())
      mistakes.add(place, "a session starts at a host, and '{}' is a server", name);
  } else if (node->kind != NodeKind::kHost) {
    mistakes.add(place, "a session starts at a host, and '{}' is of kind {}", name,
                 to_string(node->kind));
  }
  if (!spec.from.value.empty() && spec.from.value == spec.to.value)
    mistakes.add(spec.to.place, "a session from '{}' to itself crosses no router", spec.to.value);
}

}  // namespace

EndpointPlan endpoint_of(const Placed<std::string>& name, const SessionSpec& spec,
                         const TopologyPlan& topology, Mistakes& mistakes) {
  if (name.value.empty() || topology.nodes.empty()) return {};
  const auto found = std::ranges::find(topology.servers, name.value, &ServerPlan::name);
  if (found == topology.servers.end()) {
    if (&name != &spec.from || topology.node(name.value) == nullptr)
      mistakes.add(name.place, "there is no host or server '{}'{}", name.value,
                   name_hint(name.value, names_of(topology.servers)));
    return {};
  }
  const auto address = std::ranges::find(found->addresses, family_of(spec), &IpAddress::family);
  if (address == found->addresses.end()) {
    mistakes.add(spec.family ? spec.family->place : name.place, "'{}' has no {} address",
                 name.value, to_string(family_of(spec)));
    return {};
  }
  return {.node = found->node, .address = *address};
}

Family family_of(const SessionSpec& spec) {
  return spec.family && spec.family->value == "ipv6" ? Family::kIpv6 : Family::kIpv4;
}

std::optional<Placed<Nanos>> whole_seconds(const SessionSpec& spec, const SessionKey<Nanos>& key,
                                           Nanos longest, Mistakes& mistakes) {
  constexpr Nanos kSecond = std::chrono::seconds{1};
  auto written = spec.get(key);
  if (written && (written->value < kSecond || written->value > longest ||
                  written->value % kSecond != Nanos{0}))
    mistakes.add(written->place, "'{}' must be whole seconds, from 1s to {}", key.key,
                 to_string(longest));
  return written;
}

SessionPlan resolve_session(const SessionSpec& spec, TrafficKind kind,
                            const SessionContext& context, Mistakes& mistakes) {
  const auto& row = traits_of(kind);
  const auto& topology = context.topology;
  if (row.near_end == nullptr) check_client(spec, topology, mistakes);
  SessionPlan session{
      .group = spec.name.value,
      .kind = kind,
      .client = row.near_end == nullptr ? endpoint_of(spec.from, spec, topology, mistakes)
                                        : row.near_end(spec, context, mistakes),
      .server = row.far_end == nullptr ? endpoint_of(spec.to, spec, topology, mistakes)
                                       : row.far_end(spec, context, mistakes),
      .interval = spec.interval ? spec.interval->value : row.usual.interval,
      .payload_bytes = static_cast<std::uint32_t>(
          (spec.payload ? spec.payload->value : row.usual.payload).value),
      .late_after = spec.late_after ? spec.late_after->value : defaults::kLateAfter,
      .dscp = static_cast<std::uint8_t>(spec.dscp ? spec.dscp->value : row.usual.dscp),
  };
  if (row.resolve != nullptr) row.resolve(spec, context, session, mistakes);
  if (spec.through) resolve_through(spec, context.scenario, session, mistakes);
  return session;
}

}  // namespace wandrill
