// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/topology_plan.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace wandrill {

const NodePlan* TopologyPlan::node(std::string_view wanted) const {
  const auto found = std::ranges::find(nodes, wanted, &NodePlan::name);
  return found == nodes.end() ? nullptr : &*found;
}

const WanPlan* TopologyPlan::wan(std::string_view wanted) const {
  const auto found = std::ranges::find(wans, wanted, &WanPlan::name);
  return found == wans.end() ? nullptr : &*found;
}

const SegmentPlan* TopologyPlan::segment(std::string_view wanted) const {
  const auto found = std::ranges::find(segments, wanted, &SegmentPlan::name);
  return found == segments.end() ? nullptr : &*found;
}

bool TopologyPlan::has_vlans() const {
  return std::ranges::any_of(segments,
                             [](const SegmentPlan& segment) { return segment.vlan != 0; });
}

const ServicePlan* TopologyPlan::service(ServiceKind kind, std::string_view on) const {
  const auto found = std::ranges::find_if(services, [&](const ServicePlan& service) {
    return service.kind == kind && service.on == on;
  });
  return found == services.end() ? nullptr : &*found;
}

bool TopologyPlan::is_for(const WanPlan& line, std::string_view host) const {
  const auto* known = node(host);
  return std::ranges::none_of(line.not_for, [&](const std::string& barred) {
    return barred == host ||
           (known != nullptr && !known->segment.empty() && known->segment == barred);
  });
}

const NodePlan& TopologyPlan::router() const {
  const auto found = std::ranges::find(nodes, NodeKind::kRouter, &NodePlan::kind);
  assert(found != nodes.end());
  return *found;
}

IpPrefix network_of(const IpPrefix& prefix) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < prefix.address.size(); ++i) {
    const int kept = std::clamp(static_cast<int>(prefix.length) - static_cast<int>(i) * 8, 0, 8);
    bytes[i] = static_cast<std::uint8_t>(prefix.address.data()[i] & (0xFF00u >> kept));
  }
  return {IpAddress{prefix.address.family(), bytes.data()}, prefix.length};
}

const IpAddress* upstream_ipv4(const TopologyPlan& topology, std::string_view node) {
  for (const auto& cable : topology.cables)
    for (const auto* port : {&cable.a, &cable.b})
      for (const auto& address : port->addresses)
        if (port->node == node && address.address.family() == Family::kIpv4)
          return &address.address;
  return nullptr;
}

}  // namespace wandrill
