// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/dns.hpp"

#include <algorithm>
#include <array>

#include "base/names.hpp"
#include "plan/kinds/dns_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/request_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/dns_keys.hpp"

namespace wandrill {
namespace {

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

/// Where a program of its answers, also the router.
EndpointPlan dns_far_end(const SessionSpec& spec, const SessionContext& context,
                         Mistakes& mistakes) {
  const auto& topology = context.topology;
  const auto* node = topology.node(spec.to.value);
  if (node == nullptr || node->kind != NodeKind::kRouter)
    return endpoint_of(spec.to, spec, topology, mistakes);
  if (const auto router = router_as_seen_by(spec, topology)) return *router;
  mistakes.add(spec.to.place, "'{}' has no {} address in the network of '{}'", spec.to.value,
               to_string(family_of(spec)), spec.from.value);
  return {};
}

void resolve_dns(const SessionSpec& spec, const SessionContext& context, SessionPlan& session,
                 Mistakes& mistakes) {
  const auto& topology = context.topology;
  const auto ask_for = spec.get(session_keys::dns::kAskFor);
  const auto is_dns = [](const ServicePlan& service) { return service.kind == ServiceKind::kDns; };
  const auto any = std::ranges::find_if(topology.services, is_dns);
  const auto* node = topology.node(spec.to.value);
  const bool is_router = node != nullptr && node->kind == NodeKind::kRouter;
  if (!is_router && topology.service(ServiceKind::kDns, spec.to.value) == nullptr) {
    std::vector<std::string> known;
    for (const auto& service : topology.services)
      if (is_dns(service)) known.push_back(service.on);
    mistakes.add(spec.to.place, "no DNS server runs on '{}'{}", spec.to.value,
                 name_hint(spec.to.value, known));
    return;
  }
  if (any == topology.services.end()) {
    mistakes.add(spec.kind.place,
                 "the topology has no dns service, so there is no name to ask for");
    return;
  }
  if (ask_for && std::ranges::find(topology.servers, ask_for->value, &ServerPlan::name) ==
                     topology.servers.end()) {
    mistakes.add(ask_for->place, "there is no host or server '{}'{}", ask_for->value,
                 name_hint(ask_for->value, names_of(topology.servers)));
    return;
  }
  const auto& asked = ask_for ? ask_for->value : topology.servers.front().name;
  session.own = DnsQueryPlan{asked + "." + any->zone};
}

constexpr std::array<MetricList, 3> kDnsMetrics{metrics::flow::kAll, metrics::requests::kAll,
                                                metrics::dns::kAll};

}  // namespace

extern constexpr SessionKind kDnsKind{.kind = TrafficKind::kDns,
                                      .word = "dns",
                                      .shape = FlowShape::kRequests,
                                      .real_server = true,
                                      .usual = {defaults::kDnsInterval, defaults::kProbePayload},
                                      .fates = kSeriesFates,
                                      .metrics = kDnsMetrics,
                                      .resolve = resolve_dns,
                                      .far_end = dns_far_end};

}  // namespace wandrill
