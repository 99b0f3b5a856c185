// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/policy_probe.hpp"

#include <algorithm>
#include <array>

#include "plan/kinds/policy_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/policy_keys.hpp"

namespace wandrill {
namespace {

/// An ISP itself, on the line to the router: the nearest stranger.
std::optional<EndpointPlan> isp_end(const SessionSpec& spec, const TopologyPlan& topology) {
  for (const auto& wan : topology.wans)
    for (const auto& own : wan.isp.addresses)
      if (wan.isp.node == spec.from.value && own.address.family() == family_of(spec))
        return EndpointPlan{.node = wan.isp.node, .address = own.address};
  return std::nullopt;
}

/// Of what is forbidden, a server and an ISP send as well.
EndpointPlan forbidden_near_end(const SessionSpec& spec, const SessionContext& context,
                                Mistakes& mistakes) {
  const auto& topology = context.topology;
  if (const auto isp = isp_end(spec, topology)) return *isp;
  const auto known = std::ranges::find(topology.servers, spec.from.value, &ServerPlan::name);
  if (known == topology.servers.end() && topology.node(spec.from.value) != nullptr) {
    mistakes.add(spec.from.place,
                 "a session of kind forbidden starts at a host, a server or an ISP, and '{}' is "
                 "of kind {}",
                 spec.from.value, to_string(topology.node(spec.from.value)->kind));
    return {};
  }
  return endpoint_of(spec.from, spec, topology, mistakes);
}

/// The transport and the port of such a session.
void resolve_policy_probe(const SessionSpec& spec, const SessionContext& /*context*/,
                          SessionPlan& session, Mistakes& mistakes) {
  const auto port = spec.get(session_keys::policy::kPort);
  constexpr std::uint64_t kHighestPort = 65'535;
  PolicyProbePlan attempt{.over_tcp = spec.transport && spec.transport->value == "tcp"};
  if (port) {
    if (port->value < 1 || port->value > kHighestPort)
      mistakes.add(port->place, "'port' must be from 1 to {}", kHighestPort);
    attempt.port = static_cast<std::uint16_t>(port->value);
  }
  session.own = attempt;
}

/// A port that others may ask for as well.
void number_policy_probe(SessionPlan& session, std::size_t /*number*/) {
  session.server.port = session.of<PolicyProbePlan>()->port.value_or(session.server.port);
}

constexpr std::array<MetricList, 3> kForbiddenMetrics{metrics::flow::kAll, metrics::policy::kAll,
                                                      metrics::forbidden::kAll};
constexpr std::array<MetricList, 3> kMatrixMetrics{metrics::flow::kAll, metrics::policy::kAll,
                                                   metrics::matrix::kAll};

}  // namespace

extern constexpr SessionKind kForbiddenKind{
    .kind = TrafficKind::kForbidden,
    .word = "forbidden",
    .shape = FlowShape::kPolicyProbes,
    .usual = {defaults::kDnsInterval, defaults::kProbePayload},
    .metrics = kForbiddenMetrics,
    .resolve = resolve_policy_probe,
    .near_end = forbidden_near_end,
    .number = number_policy_probe};
extern constexpr SessionKind kMatrixKind{.kind = TrafficKind::kMatrix,
                                         .word = "matrix",
                                         .shape = FlowShape::kPolicyProbes,
                                         .usual = {defaults::kDnsInterval, defaults::kProbePayload},
                                         .metrics = kMatrixMetrics,
                                         .resolve = resolve_policy_probe,
                                         .number = number_policy_probe};

}  // namespace wandrill
