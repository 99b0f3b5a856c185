// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/names.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

/// What a kind of session has if the user says nothing.
struct KindDefaults {
  Nanos interval;
  Bytes payload;
  std::uint64_t dscp;
};

KindDefaults defaults_of(TrafficKind kind) {
  switch (kind) {
    case TrafficKind::kRtp:
      return {defaults::kRtpInterval, defaults::kRtpPayload, defaults::kRtpDscp};
    case TrafficKind::kProbe:
      return {defaults::kProbeInterval, defaults::kProbePayload, defaults::kOtherDscp};
    default:
      break;
  }
  return {defaults::kTcpInterval, defaults::kTcpPayload, defaults::kOtherDscp};
}

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

EndpointPlan endpoint(const Placed<std::string>& name, const SessionSpec& spec,
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

/// What only this kind of session has.
void add_details(const SessionSpec&, const TopologyPlan&, SessionPlan& session, Mistakes&) {
  switch (session.kind) {
    default:
      break;
  }
}

}  // namespace

Family family_of(const SessionSpec& spec) {
  return spec.family && spec.family->value == "ipv6" ? Family::kIpv6 : Family::kIpv4;
}

SessionPlan resolve_session(const SessionSpec& spec, TrafficKind kind, const TopologyPlan& topology,
                            Mistakes& mistakes) {
  const auto usual = defaults_of(kind);
  check_client(spec, topology, mistakes);
  SessionPlan session{
      .group = spec.name.value,
      .kind = kind,
      .client = endpoint(spec.from, spec, topology, mistakes),
      .server = endpoint(spec.to, spec, topology, mistakes),
      .interval = spec.interval ? spec.interval->value : usual.interval,
      .payload_bytes =
          static_cast<std::uint32_t>((spec.payload ? spec.payload->value : usual.payload).value),
      .late_after = spec.late_after ? spec.late_after->value : defaults::kLateAfter,
      .dscp = static_cast<std::uint8_t>(spec.dscp ? spec.dscp->value : usual.dscp),
  };
  add_details(spec, topology, session, mistakes);
  return session;
}

}  // namespace wandrill
