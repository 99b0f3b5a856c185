// SPDX-License-Identifier: Apache-2.0
#include "plan/traffic_filter.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace wandrill {
namespace {

std::optional<int> parse_number(std::string_view text, int most) {
  int number = 0;
  const auto* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end != last || number < 0 || number > most) return std::nullopt;
  return number;
}

std::string ports_text(const char* key, const PortRange& ports) {
  if (ports.any()) return "";
  return ports.first == ports.last ? fmt::format(" {} {}", key, ports.first)
                                   : fmt::format(" {} {}-{}", key, ports.first, ports.last);
}

std::string dscp_text(int dscp) {
  if (dscp < 0) return "";
  const auto found = std::ranges::find(dscp_names(), dscp, &DscpName::value);
  return found == dscp_names().end() ? fmt::format(" dscp {}", dscp)
                                     : fmt::format(" dscp {}", found->name);
}

std::string size_text(const TrafficFilter& filter) {
  std::string text;
  if (filter.min_size.value > 0) text += " from " + to_string(filter.min_size);
  if (filter.max_size.value > 0) text += " up to " + to_string(filter.max_size);
  return text;
}

}  // namespace

const std::vector<IpProtocol>& ip_protocols() {
  // IANA, "Assigned Internet Protocol Numbers".
  static const std::vector<IpProtocol> protocols{
      {"udp", 17, 17, true}, {"tcp", 6, 6, true}, {"sctp", 132, 132, true}, {"icmp", 1, 58},
      {"esp", 50, 50},       {"ah", 51, 51},      {"gre", 47, 47}};
  return protocols;
}

const std::vector<DscpName>& dscp_names() {
  static const std::vector<DscpName> names{
      {"default", 0}, {"le", 1},    {"cs1", 8},   {"af11", 10}, {"af12", 12}, {"af13", 14},
      {"cs2", 16},    {"af21", 18}, {"af22", 20}, {"af23", 22}, {"cs3", 24},  {"af31", 26},
      {"af32", 28},   {"af33", 30}, {"cs4", 32},  {"af41", 34}, {"af42", 36}, {"af43", 38},
      {"cs5", 40},    {"va", 44},   {"ef", 46},   {"cs6", 48},  {"cs7", 56}};
  return names;
}

std::optional<int> parse_dscp(std::string_view text) {
  const auto found = std::ranges::find(dscp_names(), text, &DscpName::name);
  return found != dscp_names().end() ? found->value : parse_number(text, 63);
}

std::optional<PortRange> parse_ports(std::string_view text) {
  const auto dash = text.find('-');
  const auto first = parse_number(text.substr(0, dash), 65535);
  const auto last = dash == text.npos ? first : parse_number(text.substr(dash + 1), 65535);
  if (!first || !last || *first == 0 || *last < *first) return std::nullopt;
  return PortRange{static_cast<std::uint16_t>(*first), static_cast<std::uint16_t>(*last)};
}

std::optional<std::string> parse_protocol(std::string_view text) {
  if (std::ranges::find(ip_protocols(), text, &IpProtocol::name) != ip_protocols().end())
    return std::string{text};
  const auto number = parse_number(text, 254);
  if (!number) return std::nullopt;
  for (const int header : {0, 43, 44, 60})
    if (*number == header) return std::nullopt;
  for (const auto& protocol : ip_protocols())
    if (protocol.in_ipv4 == *number && protocol.in_ipv6 == *number)
      return std::string{protocol.name};
  return std::to_string(*number);
}

bool protocol_has_ports(std::string_view protocol) {
  const auto found = std::ranges::find(ip_protocols(), protocol, &IpProtocol::name);
  return found != ip_protocols().end() && found->has_ports;
}

bool TrafficFilter::takes(Family wanted) const {
  return family.empty() || family == (wanted == Family::kIpv4 ? "ipv4" : "ipv6");
}

std::optional<std::uint8_t> TrafficFilter::protocol_in(Family wanted) const {
  const auto found = std::ranges::find(ip_protocols(), protocol, &IpProtocol::name);
  if (found != ip_protocols().end())
    return wanted == Family::kIpv4 ? found->in_ipv4 : found->in_ipv6;
  const auto number = parse_number(protocol, 254);
  if (!number) return std::nullopt;
  return static_cast<std::uint8_t>(*number);
}

std::string to_string(const TrafficFilter& filter) {
  std::string text = filter.family.empty() ? "" : " " + filter.family;
  if (!filter.protocol.empty())
    text += std::ranges::all_of(filter.protocol, [](char c) { return c >= '0' && c <= '9'; })
                ? " protocol " + filter.protocol
                : " " + filter.protocol;
  text += ports_text("port", filter.port);
  text += ports_text("source port", filter.source_port);
  text += ports_text("destination port", filter.destination_port);
  text += dscp_text(filter.dscp) + size_text(filter);
  return text.empty() ? text : text.substr(1);
}

}  // namespace wandrill
