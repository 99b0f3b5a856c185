// SPDX-License-Identifier: Apache-2.0
#include "scenario/mininet.hpp"

#include "scenario/decode_parts.hpp"
#include "scenario/sections.hpp"
#include "scenario/topology_parts.hpp"

namespace wandrill {
namespace {

MininetWanSpec decode_mininet_wan(const YamlEntry& entry) {
  const Fields fields{entry.value};
  return {.name = {entry.key, entry.place},
          .interface = fields.text("interface"),
          .priority = fields.count("priority"),
          .sources = fields.prefixes("sources"),
          .not_for = fields.texts("not_for")};
}

MininetRoles read_roles(const Fields& fields) {
  MininetRoles roles{.router = fields.text("router"), .switches = fields.text("switch")};
  roles.inside = fields.texts("inside");
  const auto each = [&](std::string_view key, auto decode) {
    for (const auto* entry : fields.entries(key))
      if (entry->value.kind == YamlNode::Kind::kMap) decode(*entry);
  };
  each("wans", [&](const YamlEntry& entry) { roles.wans.push_back(decode_mininet_wan(entry)); });
  each("servers", [&](const YamlEntry& entry) { roles.servers.push_back(decode_server(entry)); });
  each("services",
       [&](const YamlEntry& entry) { roles.services.push_back(decode_service(entry)); });
  return roles;
}

/// A file in Python has no places of ours: all at the file, and in order.
void put_at(YamlNode& node, const Place& place) {
  node.place = place;
  for (auto& item : node.items)
    put_at(item, place);
  for (auto& entry : node.entries) {
    entry.place = place;
    put_at(entry.value, place);
  }
}

}  // namespace

MininetSpec decode_mininet(const YamlNode& node) {
  const Fields fields{node};
  return {.place = node.place,
          .file = or_empty(fields.text("mininet"), node.place),
          .topo = fields.text("topo"),
          .roles = read_roles(fields)};
}

MininetRoles decode_roles(const Json& roles, const Place& place, Mistakes& mistakes) {
  if (roles.is_null() || (roles.is_object() && roles.empty())) return {};
  // JSON is YAML 1.2.
  YamlNode node = parse_yaml({place.file, roles.dump()}, mistakes);
  put_at(node, place);
  check_section(node, mininet_roles_section(), mistakes);
  if (node.kind != YamlNode::Kind::kMap) return {};
  return read_roles(Fields{node});
}

}  // namespace wandrill
