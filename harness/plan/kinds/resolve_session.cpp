// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/names.hpp"
#include "plan/kinds/resolve_attempts.hpp"
#include "plan/kinds/resolve_call.hpp"
#include "plan/kinds/resolve_dns.hpp"
#include "plan/kinds/resolve_exec.hpp"
#include "plan/kinds/resolve_sip.hpp"
#include "plan/kinds/resolve_tcp.hpp"
#include "plan/kinds/resolve_tunnel.hpp"
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
    case TrafficKind::kSip:
    case TrafficKind::kExec:
      return {defaults::kRtpInterval, defaults::kRtpPayload, defaults::kRtpDscp};
    case TrafficKind::kProbe:
      return {defaults::kProbeInterval, defaults::kProbePayload, defaults::kOtherDscp};
    case TrafficKind::kDns:
    case TrafficKind::kForbidden:
    case TrafficKind::kMatrix:
      return {defaults::kDnsInterval, defaults::kProbePayload, defaults::kOtherDscp};
    case TrafficKind::kHttp:
      return {defaults::kHttpInterval, defaults::kHttpPayload, defaults::kOtherDscp};
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

/// An ISP itself, on the line to the router: the nearest stranger.
std::optional<EndpointPlan> isp_end(const SessionSpec& spec, const TopologyPlan& topology) {
  for (const auto& wan : topology.wans)
    for (const auto& own : wan.isp.addresses)
      if (wan.isp.node == spec.from.value && own.address.family() == family_of(spec))
        return EndpointPlan{.node = wan.isp.node, .address = own.address};
  return std::nullopt;
}

/// Who sends: a host; of what is forbidden, a server and an ISP as well.
EndpointPlan near_end(const SessionSpec& spec, TrafficKind kind, const TopologyPlan& topology,
                      Mistakes& mistakes) {
  if (kind != TrafficKind::kForbidden) {
    check_client(spec, topology, mistakes);
  } else {
    if (const auto isp = isp_end(spec, topology)) return *isp;
    const auto known = std::ranges::find(topology.servers, spec.from.value, &ServerPlan::name);
    if (known == topology.servers.end() && topology.node(spec.from.value) != nullptr) {
      mistakes.add(spec.from.place,
                   "a session of kind forbidden starts at a host, a server or an ISP, and '{}' is "
                   "of kind {}",
                   spec.from.value, to_string(topology.node(spec.from.value)->kind));
      return {};
    }
  }
  return endpoint(spec.from, spec, topology, mistakes);
}

/// The router itself, as the client's network knows it.
std::optional<EndpointPlan> router_as_seen_by(const SessionSpec& spec,
                                              const TopologyPlan& topology) {
  const auto client = std::ranges::find(topology.servers, spec.from.value, &ServerPlan::name);
  if (client == topology.servers.end()) return std::nullopt;
  for (const auto& [a, b] : topology.cables)
    for (const auto* port : {&a, &b})
      for (const auto& own : port->addresses)
        for (const auto& address : client->addresses)
          if (port->node == spec.to.value && address.family() == family_of(spec) &&
              own.address.family() == address.family() &&
              network_of({address, own.length}) == network_of(own))
            return EndpointPlan{.node = port->node, .address = own.address};
  return std::nullopt;
}

/// Its far end: a server, a host or, where a program of its answers, the router.
EndpointPlan far_end(const SessionSpec& spec, TrafficKind kind, const TopologyPlan& topology,
                     Mistakes& mistakes) {
  const auto* node = topology.node(spec.to.value);
  if (kind != TrafficKind::kDns || node == nullptr || node->kind != NodeKind::kRouter)
    return endpoint(spec.to, spec, topology, mistakes);
  if (const auto router = router_as_seen_by(spec, topology)) return *router;
  mistakes.add(spec.to.place, "'{}' has no {} address in the network of '{}'", spec.to.value,
               to_string(family_of(spec)), spec.from.value);
  return {};
}

void resolve_bulk(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes) {
  BulkPlan bulk;
  if (spec.direction)
    bulk.direction = parse_word<FaultDirection>(spec.direction->value).value_or(bulk.direction);
  if (spec.starts) bulk.starts = spec.starts->value;
  if (spec.rate) {
    bulk.rate = spec.rate->value.value;
    if (spec.rate->value < defaults::kLowestBulkRate)
      mistakes.add(spec.rate->place, "'rate' must be at least {}",
                   to_string(defaults::kLowestBulkRate));
  }
  session.bulk = bulk;
}

/// What only this kind of session has.
void add_details(const SessionSpec& spec, const SessionContext& context, SessionPlan& session,
                 Mistakes& mistakes) {
  if (session.traits().has_voice) resolve_call(spec, session, mistakes);
  if (session.kind == TrafficKind::kDns) resolve_dns(spec, context.topology, session, mistakes);
  if (session.kind == TrafficKind::kSip) resolve_sip(spec, session, mistakes);
  if (session.kind == TrafficKind::kExec) resolve_exec(spec, context.topology, session, mistakes);
  if (session.traits().shape == FlowShape::kAttempts) resolve_attempts(spec, session, mistakes);
  if (session.kind == TrafficKind::kTcp) resolve_tcp(spec, session, mistakes);
  if (session.kind == TrafficKind::kBulk) resolve_bulk(spec, session, mistakes);
  if (session.kind == TrafficKind::kHttp)
    session.http = HttpPlan{.kept = spec.connection && spec.connection->value == "kept"};
  if (session.traits().shape == FlowShape::kTunnel)
    resolve_tunnel(spec, tunnel_number(context.scenario, spec.name.value), session, mistakes);
  if (spec.through) resolve_through(spec, context.scenario, session, mistakes);
}

}  // namespace

Family family_of(const SessionSpec& spec) {
  return spec.family && spec.family->value == "ipv6" ? Family::kIpv6 : Family::kIpv4;
}

SessionPlan resolve_session(const SessionSpec& spec, TrafficKind kind,
                            const SessionContext& context, Mistakes& mistakes) {
  const auto& topology = context.topology;
  const auto usual = defaults_of(kind);
  SessionPlan session{
      .group = spec.name.value,
      .kind = kind,
      .client = near_end(spec, kind, topology, mistakes),
      .server = far_end(spec, kind, topology, mistakes),
      .interval = spec.interval ? spec.interval->value : usual.interval,
      .payload_bytes =
          static_cast<std::uint32_t>((spec.payload ? spec.payload->value : usual.payload).value),
      .late_after = spec.late_after ? spec.late_after->value : defaults::kLateAfter,
      .dscp = static_cast<std::uint8_t>(spec.dscp ? spec.dscp->value : usual.dscp),
  };
  add_details(spec, context, session, mistakes);
  return session;
}

}  // namespace wandrill
