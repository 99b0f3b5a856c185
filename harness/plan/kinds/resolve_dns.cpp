// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/resolve_dns.hpp"

#include <algorithm>

#include "base/names.hpp"
#include "plan/resolve_parts.hpp"

namespace wandrill {

void resolve_dns(const SessionSpec& spec, const TopologyPlan& topology, SessionPlan& session,
                 Mistakes& mistakes) {
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
  if (spec.ask_for && std::ranges::find(topology.servers, spec.ask_for->value, &ServerPlan::name) ==
                          topology.servers.end()) {
    mistakes.add(spec.ask_for->place, "there is no host or server '{}'{}", spec.ask_for->value,
                 name_hint(spec.ask_for->value, names_of(topology.servers)));
    return;
  }
  const auto& asked = spec.ask_for ? spec.ask_for->value : topology.servers.front().name;
  session.dns = DnsQueryPlan{asked + "." + any->zone};
}

}  // namespace wandrill
