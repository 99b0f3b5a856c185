// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/resolve_segments.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace wandrill {
namespace {

IpPrefix everything(Family family) {
  const std::array<std::uint8_t, 16> zero{};
  return {IpAddress{family, zero.data()}, 0};
}

SegmentPlan segment_of(const SegmentSpec& spec) {
  SegmentPlan segment{.name = spec.name.value,
                      .vlan = static_cast<std::uint16_t>(spec.vlan ? spec.vlan->value : 0),
                      .switch_node = router_port_of(spec),
                      .interface = interface_in(spec)};
  for (const auto& gateway : spec.gateways)
    segment.gateways.push_back(gateway.value);
  return segment;
}

/// Its switch and the cable to the router, unless another VLAN brought them.
void connect(const SegmentPlan& segment, TopologyPlan& plan) {
  if (plan.node(segment.switch_node) != nullptr) return;
  const auto router = std::ranges::find(plan.nodes, NodeKind::kRouter, &NodePlan::kind);
  if (router == plan.nodes.end()) return;  // A mistake, told elsewhere.
  PortPlan port{.node = router->name, .interface = segment.switch_node};
  if (segment.vlan == 0) port.addresses = segment.gateways;
  plan.nodes.push_back({.name = segment.switch_node, .kind = NodeKind::kSwitch});
  plan.cables.push_back({std::move(port), {segment.switch_node, std::string{kSwitchUplink}, {}}});
}

/// The segment's cable to a host, whose addresses get the length of the segment's network.
void plug_in(const NodeSpec& spec, const SegmentPlan& segment, TopologyPlan& plan) {
  const auto host = std::ranges::find(plan.nodes, spec.name.value, &NodePlan::name);
  if (host == plan.nodes.end()) return;
  host->segment = segment.name;
  PortPlan port{.node = host->name, .interface = kHostPort};
  for (const auto& gateway : segment.gateways) {
    for (const auto& address : spec.addresses)
      if (address.value.family() == gateway.address.family()) {
        port.addresses.push_back({address.value, gateway.length});
        host->routes.push_back({everything(gateway.address.family()), gateway.address});
      }
  }
  plan.cables.push_back({std::move(port), {segment.switch_node, host->name, {}}});
}

}  // namespace

std::string router_port_of(const SegmentSpec& segment) {
  return segment.vlan ? std::string{kTrunk} : segment.name.value;
}

std::string interface_in(const SegmentSpec& segment) {
  return segment.vlan ? fmt::format("{}.{}", kTrunk, segment.vlan->value) : segment.name.value;
}

void add_segments(const Topology& topology, TopologyPlan& plan) {
  for (const auto& spec : topology.segments) {
    plan.segments.push_back(segment_of(spec));
    connect(plan.segments.back(), plan);
  }
  for (const auto& node : topology.nodes)
    if (node.segment)
      if (const auto* segment = plan.segment(node.segment->value)) plug_in(node, *segment, plan);
}

}  // namespace wandrill
