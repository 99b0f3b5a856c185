// SPDX-License-Identifier: Apache-2.0
#include "scenario/topology.hpp"

#include "scenario/decode_parts.hpp"
#include "scenario/sections.hpp"
#include "scenario/topology_parts.hpp"

namespace wandrill {
namespace {

NodeSpec decode_node(const YamlEntry& entry) {
  const Fields fields{entry.value};
  NodeSpec node{.name = {entry.key, entry.place},
                .kind = or_empty(fields.text("kind"), entry.place),
                .segment = fields.text("segment"),
                .addresses = fields.addresses("addresses")};
  for (const auto* route : fields.sections("routes")) {
    const auto to = Fields{*route}.prefixes("to");
    const auto via = Fields{*route}.addresses("via");
    if (to.size() == 1 && via.size() == 1)
      node.routes.push_back({.place = route->place, .to = to.front(), .via = via.front()});
  }
  return node;
}

SegmentSpec decode_segment(const YamlEntry& entry) {
  const Fields fields{entry.value};
  return {.name = {entry.key, entry.place},
          .vlan = fields.count("vlan"),
          .gateways = fields.prefixes("gateways")};
}

LinkEndSpec decode_end(const YamlNode* node, const Place& place) {
  if (node == nullptr) return {.place = place};
  const Fields fields{*node};
  return {
      .place = node->place,
      .node = or_empty(fields.text("node"), node->place),
      .interface = fields.text("interface"),
      .addresses = fields.prefixes("addresses"),
      .gateways = fields.addresses("gateways"),
  };
}

LineSpec decode_line(const YamlNode* node) {
  if (node == nullptr) return {};
  const Fields fields{*node};
  return {
      .rate = fields.rate("rate"),
      .delay = fields.duration("delay"),
      .jitter = fields.duration("jitter"),
      .loss = fields.percent("loss"),
      .queue = fields.size("queue"),
  };
}

WanSpec decode_wan(const YamlEntry& entry) {
  const Fields fields{entry.value};
  return {
      .name = {entry.key, entry.place},
      .priority = or_empty(fields.count("priority"), entry.place),
      .router = decode_end(fields.section("router"), entry.place),
      .isp = decode_end(fields.section("isp"), entry.place),
      .preset = fields.text("preset"),
      .not_for = fields.texts("not_for"),
      .up = decode_line(fields.section("up")),
      .down = decode_line(fields.section("down")),
  };
}

CapacitySpec decode_class(const YamlEntry& entry) {
  const Fields fields{entry.value};
  return {
      .name = {entry.key, entry.place},
      .up = fields.rate("up"),
      .down = fields.rate("down"),
      .dscp = fields.count("dscp"),
      .from = fields.texts("from"),
      .guaranteed = fields.yes_no("guaranteed"),
  };
}

}  // namespace

ServerSpec decode_server(const YamlEntry& entry) {
  const Fields fields{entry.value};
  return {
      .name = {entry.key, entry.place},
      .node = or_empty(fields.text("node"), entry.place),
      .addresses = fields.addresses("addresses"),
  };
}

ServiceSpec decode_service(const YamlEntry& entry) {
  const Fields fields{entry.value};
  return {
      .name = {entry.key, entry.place},
      .kind = or_empty(fields.text("kind"), entry.place),
      .on = or_empty(fields.text("on"), entry.place),
      .zone = fields.text("zone"),
      .lease = fields.duration("lease"),
  };
}

Topology decode_topology(const Source& source, Mistakes& mistakes) {
  const auto before = mistakes.size();
  const YamlNode root = parse_yaml(source, mistakes);
  if (root.kind == YamlNode::Kind::kNull && mistakes.size() > before) return {};
  check_section(root, topology_section(), mistakes);
  const Fields fields{root};
  Topology topology{
      .place = root.place,
      .name = or_empty(fields.text("topology"), root.place),
      .description = or_empty(fields.text("description"), root.place).value,
  };
  const auto each = [&](std::string_view key, auto decode) {
    for (const auto* entry : fields.entries(key))
      if (entry->value.kind == YamlNode::Kind::kMap) decode(*entry);
  };
  each("nodes", [&](const YamlEntry& entry) { topology.nodes.push_back(decode_node(entry)); });
  each("segments",
       [&](const YamlEntry& entry) { topology.segments.push_back(decode_segment(entry)); });
  each("wans", [&](const YamlEntry& entry) { topology.wans.push_back(decode_wan(entry)); });
  each("servers",
       [&](const YamlEntry& entry) { topology.servers.push_back(decode_server(entry)); });
  each("services",
       [&](const YamlEntry& entry) { topology.services.push_back(decode_service(entry)); });
  each("capacity",
       [&](const YamlEntry& entry) { topology.capacity.push_back(decode_class(entry)); });
  for (const auto* link : fields.sections("links"))
    topology.links.push_back({.place = link->place,
                              .a = decode_end(Fields{*link}.section("a"), link->place),
                              .b = decode_end(Fields{*link}.section("b"), link->place)});
  return topology;
}

}  // namespace wandrill
