// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "plan/faults/fault_plan.hpp"
#include "service/launch.hpp"

namespace wandrill {

/// dnsdist on a server's addresses. It answers for every server and host of the topology, as
/// NAME.ZONE with A and AAAA; all other names of the zone do not exist.
ServiceLaunch dns_launch(const ServicePlan& service, const TopologyPlan& topology);

/// The name under which the DNS server knows something of the topology: "web.test".
std::string dns_name(const std::string& server, const ServicePlan& service);

/// How the server answers from the next query on. It looks at a file for it with every query, so
/// nothing is restarted and no query is lost by the change. Throws std::system_error.
void set_dns_behaviour(const ServicePlan& service, const LabFaultValue& fault);
/// Back to answering as it should.
void reset_dns_behaviour(const ServicePlan& service);

}  // namespace wandrill
