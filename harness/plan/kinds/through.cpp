// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/through.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/names.hpp"
#include "plan/resolve_parts.hpp"

namespace wandrill {
namespace {

bool is_tunnel(const SessionSpec& spec) {
  const auto kind = parse_kind(spec.kind.value);
  return kind && traits_of(*kind).shape == FlowShape::kTunnel;
}

std::vector<std::string> tunnel_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const auto& spec : scenario.traffic)
    if (is_tunnel(spec)) names.push_back(spec.name.value);
  return names;
}
}  // namespace

/// Networks of our own choice: nothing else in a lab has them.
TunnelPlan addresses_within(std::size_t number) {
  const auto prefix = [&](const char* pattern) {
    return *IpPrefix::parse(fmt::format(fmt::runtime(pattern), number + 1));
  };
  return {.client4 = prefix("10.254.{}.2/24"),
          .client6 = prefix("fd00:254:{:x}::2/64"),
          .server4 = prefix("10.254.{}.1/24"),
          .server6 = prefix("fd00:254:{:x}::1/64")};
}

std::size_t tunnel_number(const Scenario& scenario, const std::string& name) {
  const auto names = tunnel_names(scenario);
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

void resolve_through(const SessionSpec& spec, const Scenario& scenario, SessionPlan& session,
                     Mistakes& mistakes) {
  const auto& [name, place] = *spec.through;
  const auto tunnel = std::ranges::find_if(scenario.traffic, [&](const SessionSpec& other) {
    return other.name.value == name && is_tunnel(other);
  });
  if (tunnel == scenario.traffic.end()) {
    mistakes.add(place, "there is no tunnel '{}'{}", name, name_hint(name, tunnel_names(scenario)));
    return;
  }
  if (tunnel->from.value != spec.from.value || tunnel->to.value != spec.to.value) {
    mistakes.add(place, "the tunnel '{}' goes from '{}' to '{}', and not from '{}' to '{}'", name,
                 tunnel->from.value, tunnel->to.value, spec.from.value, spec.to.value);
    return;
  }
  const auto inner = addresses_within(tunnel_number(scenario, name));
  const bool is_v4 = family_of(spec) == Family::kIpv4;
  session.through = name;
  session.client.address = (is_v4 ? inner.client4 : inner.client6).address;
  session.server.address = (is_v4 ? inner.server4 : inner.server6).address;
}

}  // namespace wandrill
