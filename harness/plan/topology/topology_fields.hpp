// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/maybe_const.hpp"
#include "plan/topology/topology_plan.hpp"

// The fields of a topology's plan and of what its lines do, under their names in JSON; see
// plan_fields.hpp.
namespace wandrill {

void visit_fields(auto&& visit, MaybeConst<CorrelatedProbability> auto& value) {
  visit("share_percent", value.share);
  visit("correlation_percent", value.correlation);
}

void visit_fields(auto&& visit, MaybeConst<LossBursts> auto& value) {
  visit("enter_percent", value.enter);
  visit("leave_percent", value.leave);
  visit("loss_in_burst_percent", value.loss_in_burst);
  visit("loss_between_percent", value.loss_between);
}

void visit_fields(auto&& visit, MaybeConst<Impairment> auto& value) {
  visit("blackhole", value.blackhole);
  visit("loss_percent", value.loss);
  visit("loss_correlation_percent", value.loss_correlation);
  visit("bursts", value.bursts);
  visit("delay_ns", value.delay);
  visit("jitter_ns", value.jitter);
  visit("jitter_correlation_percent", value.jitter_correlation);
  visit("rate_bits_per_second", value.rate);
  visit("queue_bytes", value.queue);
  visit("reorder", value.reorder);
  visit("duplicate", value.duplicate);
  visit("corrupt", value.corrupt);
}

void visit_fields(auto&& visit, MaybeConst<PortRange> auto& value) {
  visit("first", value.first);
  visit("last", value.last);
}

void visit_fields(auto&& visit, MaybeConst<TrafficFilter> auto& value) {
  visit("family", value.family);
  visit("protocol", value.protocol);
  visit("port", value.port);
  visit("source_port", value.source_port);
  visit("destination_port", value.destination_port);
  visit("dscp", value.dscp);
  visit("min_size_bytes", value.min_size);
  visit("max_size_bytes", value.max_size);
}

void visit_fields(auto&& visit, MaybeConst<StaticRoute> auto& value) {
  visit("destination", value.destination);
  visit("via", value.via);
}

void visit_fields(auto&& visit, MaybeConst<NodePlan> auto& value) {
  visit("name", value.name);
  visit("kind", value.kind);
  visit("loopback", value.loopback);
  visit("routes", value.routes);
  visit("forwarding", value.forwarding);
  visit("allowed_sources", value.allowed_sources);
  visit("segment", value.segment);
}

void visit_fields(auto&& visit, MaybeConst<SegmentPlan> auto& value) {
  visit("name", value.name);
  visit("vlan", value.vlan);
  visit("switch_node", value.switch_node);
  visit("interface", value.interface);
  visit("gateways", value.gateways);
}

void visit_fields(auto&& visit, MaybeConst<PortPlan> auto& value) {
  visit("node", value.node);
  visit("interface", value.interface);
  visit("addresses", value.addresses);
}

void visit_fields(auto&& visit, MaybeConst<CablePlan> auto& value) {
  visit("a", value.a);
  visit("b", value.b);
}

void visit_fields(auto&& visit, MaybeConst<WanPlan> auto& value) {
  visit("name", value.name);
  visit("priority", value.priority);
  visit("router", value.router);
  visit("isp", value.isp);
  visit("gateways", value.gateways);
  visit("up", value.up);
  visit("down", value.down);
  visit("filters", value.filters);
  visit("not_for", value.not_for);
}

void visit_fields(auto&& visit, MaybeConst<ServerPlan> auto& value) {
  visit("name", value.name);
  visit("node", value.node);
  visit("addresses", value.addresses);
}

void visit_fields(auto&& visit, MaybeConst<ServicePlan> auto& value) {
  visit("name", value.name);
  visit("kind", value.kind);
  visit("on", value.on);
  visit("zone", value.zone);
  visit("lease_ns", value.lease);
}

void visit_fields(auto&& visit, MaybeConst<CapacityClass> auto& value) {
  visit("name", value.name);
  visit("up_bits_per_second", value.up);
  visit("down_bits_per_second", value.down);
  visit("dscp", value.dscp);
  visit("from", value.from);
  visit("guaranteed", value.guaranteed);
}

void visit_fields(auto&& visit, MaybeConst<LinePlan> auto& value) {
  visit("name", value.name);
  visit("a", value.a);
  visit("b", value.b);
  visit("to_b", value.to_b);
  visit("to_a", value.to_a);
}

void visit_fields(auto&& visit, MaybeConst<MininetPlan> auto& value) {
  visit("file", value.file);
  visit("topo", value.topo);
  visit("switches", value.switches);
  visit("lines", value.lines);
  visit("attached", value.attached);
  visit("script", value.script);
}

void visit_fields(auto&& visit, MaybeConst<TopologyPlan> auto& value) {
  visit("name", value.name);
  visit("nodes", value.nodes);
  visit("segments", value.segments);
  visit("cables", value.cables);
  visit("wans", value.wans);
  visit("servers", value.servers);
  visit("services", value.services);
  visit("capacity", value.capacity);
  visit("mininet", value.mininet);
}

}  // namespace wandrill
