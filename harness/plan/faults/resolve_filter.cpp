// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/resolve_filter.hpp"

#include <algorithm>

#include "base/names.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

using Text = std::optional<Placed<std::string>>;

std::string resolve_protocol(const FilterSpec& spec, Mistakes& mistakes) {
  if (!spec.protocol) return "";
  const auto& [text, place] = *spec.protocol;
  if (auto protocol = parse_protocol(text)) return *protocol;
  std::vector<std::string> names;
  for (const auto& known : ip_protocols())
    names.emplace_back(known.name);
  mistakes.add(place, "'protocol' is a name or a number from 1 to 254, not '{}'{}", text,
               name_hint(text, names));
  return "";
}

int resolve_dscp(const FilterSpec& spec, Mistakes& mistakes) {
  if (!spec.dscp) return -1;
  const auto& [text, place] = *spec.dscp;
  if (const auto value = parse_dscp(text)) return *value;
  std::vector<std::string> names;
  for (const auto& known : dscp_names())
    names.emplace_back(known.name);
  mistakes.add(place, "'dscp' is a name or a number from 0 to 63, not '{}'{}", text,
               name_hint(text, names));
  return -1;
}

PortRange resolve_ports(std::string_view key, const Text& text, const FilterSpec& spec,
                        Mistakes& mistakes) {
  if (!text) return {};
  const auto ports = parse_ports(text->value);
  if (!ports)
    mistakes.add(text->place,
                 "'{}' is a port from 1 to 65535 or a range of them, e.g. 5060 or 16384-32767; not "
                 "'{}'",
                 key, text->value);
  const auto protocol = spec.protocol ? parse_protocol(spec.protocol->value) : std::nullopt;
  if (!spec.protocol)
    mistakes.add(text->place, "'{}' needs a 'protocol' that has ports: udp, tcp or sctp", key);
  else if (protocol && !protocol_has_ports(*protocol))
    mistakes.add(text->place, "protocol {} has no ports; udp, tcp and sctp have", *protocol);
  return ports.value_or(PortRange{});
}

void check_size(std::string_view key, const std::optional<Placed<Bytes>>& size,
                Mistakes& mistakes) {
  if (size && (size->value < defaults::kSmallestPacket || size->value > defaults::kLargestPacket))
    mistakes.add(size->place, "'{}' is the length of an IP packet, from {} to {}", key,
                 to_string(defaults::kSmallestPacket), to_string(defaults::kLargestPacket));
}

void check_sizes(const FilterSpec& spec, Mistakes& mistakes) {
  check_size("min_size", spec.min_size, mistakes);
  check_size("max_size", spec.max_size, mistakes);
  if (spec.min_size && spec.max_size && spec.max_size->value < spec.min_size->value)
    mistakes.add(spec.max_size->place, "no packet has both at least {} and at most {}",
                 to_string(spec.min_size->value), to_string(spec.max_size->value));
}

}  // namespace

TrafficFilter resolve_filter(const StepSpec& step, Mistakes& mistakes) {
  if (!step.filter) return {};
  const auto& spec = *step.filter;
  TrafficFilter filter{
      .protocol = resolve_protocol(spec, mistakes),
      .port = resolve_ports("port", spec.port, spec, mistakes),
      .source_port = resolve_ports("source_port", spec.source_port, spec, mistakes),
      .destination_port = resolve_ports("destination_port", spec.destination_port, spec, mistakes),
      .dscp = resolve_dscp(spec, mistakes)};
  if (spec.family) filter.family = spec.family->value;
  if (spec.min_size) filter.min_size = spec.min_size->value;
  if (spec.max_size) filter.max_size = spec.max_size->value;
  check_sizes(spec, mistakes);
  if (!spec.family && !spec.protocol && !spec.port && !spec.source_port && !spec.destination_port &&
      !spec.dscp && !spec.min_size && !spec.max_size)
    mistakes.add(spec.place, "an empty 'filter' chooses nothing: leave it out for every packet");
  return filter;
}

bool has_filters(const TopologyPlan& topology) {
  return std::ranges::any_of(topology.wans,
                             [](const WanPlan& wan) { return !wan.filters.empty(); });
}

}  // namespace wandrill
