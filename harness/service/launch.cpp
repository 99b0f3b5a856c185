// SPDX-License-Identifier: Apache-2.0
#include "service/launch.hpp"

#include "service/dhcp_server.hpp"
#include "service/dns_server.hpp"

namespace wandrill {

std::filesystem::path service_folder(const std::string& service) {
  return std::filesystem::path{"/run/wandrill/services"} / service;
}

ServiceLaunch launch_of(const ServicePlan& service, const TopologyPlan& topology) {
  return service.kind == ServiceKind::kDns ? dns_launch(service, topology)
                                           : dhcp_launch(service, topology);
}

}  // namespace wandrill
