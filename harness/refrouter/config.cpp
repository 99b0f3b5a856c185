// SPDX-License-Identifier: Apache-2.0
#include "refrouter/config.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <net/if.h>
#include <sys/un.h>

#include "base/error.hpp"
#include "refrouter/kill_switch.hpp"
#include "refrouter/object_reader.hpp"
#include "refrouter/segment_config.hpp"
#include "refrouter/shaping.hpp"

namespace wandrill {
namespace {

using Mistakes = std::vector<std::string>;

/// Parses JSON and notes keys that an object has twice: the library would take the last one.
Json parse_json(const std::string& text, Mistakes& mistakes) {
  std::vector<std::set<std::string>> seen;
  const auto watch = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) seen.emplace_back();
    if (event == Json::parse_event_t::object_end) seen.pop_back();
    if (event == Json::parse_event_t::key && !seen.back().insert(value.get<std::string>()).second)
      mistakes.push_back(value.get<std::string>() + ": given twice");
    return true;
  };
  try {
    return Json::parse(text, watch);
  } catch (const Json::parse_error& error) {
    // Behind the library's own name and number: "[json.exception.parse_error.101] parse error …".
    const std::string_view what{error.what()};
    mistakes.emplace_back(what.substr(std::min(what.find("] ") + 2, what.size())));
    return {};
  }
}

/// One address per family under `key`.
std::map<Family, IpAddress> per_family(ObjectReader& reader, const std::string& key) {
  std::vector<IpAddress> list;
  reader.addresses(key, list);
  std::map<Family, IpAddress> result;
  for (const auto& address : list)
    if (!result.emplace(address.family(), address).second)
      reader.mistake(key, fmt::format("more than one {} address", to_string(address.family())));
  return result;
}

WanConfig read_wan(const Json& object, const std::string& path, Mistakes& mistakes) {
  WanConfig wan;
  ObjectReader reader{object, path, mistakes};
  reader.required_text("name", wan.name);
  reader.required_text("interface", wan.interface);
  if (wan.interface.size() >= IFNAMSIZ ||
      wan.interface.find_first_of("\"/ \t\n") != std::string::npos)
    reader.mistake("interface", fmt::format("not an interface's name: \"{}\"", wan.interface));
  wan.gateways = per_family(reader, "gateways");
  wan.addresses = per_family(reader, "addresses");
  reader.addresses("targets", wan.targets);
  std::string rate;
  reader.any_text("rate", rate);
  const auto parsed = parse_rate(rate);
  if (!rate.empty() && !parsed)
    reader.mistake("rate",
                   fmt::format("a rate with its unit is needed (\"10Mbit/s\"), not {}", rate));
  wan.rate = parsed.value_or(BitsPerSecond{});
  if (wan.gateways.empty()) reader.mistake("gateways", "at least one is needed");
  reader.reject_unknown();
  return wan;
}

void read_wans(ObjectReader& reader, std::vector<WanConfig>& wans, Mistakes& mistakes) {
  const auto* list = reader.find("wans");
  if (!list || !list->is_array() || list->empty())
    return reader.mistake("wans", "a list of at least one WAN is needed");
  std::set<std::string> names;
  std::set<std::string> interfaces;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto path = fmt::format("wans[{}]", i);
    if (!(*list)[i].is_object()) {
      mistakes.push_back(path + ": an object is needed");
      continue;
    }
    wans.push_back(read_wan((*list)[i], path, mistakes));
    if (!names.insert(wans.back().name).second)
      mistakes.push_back(path + ".name: given twice: " + wans.back().name);
    if (!interfaces.insert(wans.back().interface).second)
      mistakes.push_back(path + ".interface: given twice: " + wans.back().interface);
  }
}

/// What no single key can be blamed for alone.
void check_together(const RefrouterConfig& config, Mistakes& mistakes) {
  for (const auto& wan : config.wans) {
    if (config.shaping && wan.rate == BitsPerSecond{})
      mistakes.push_back(fmt::format("shaping: {} has no rate to be shaped to", wan.name));
    const auto reachable = std::ranges::count_if(
        wan.targets, [&](const auto& target) { return wan.gateways.contains(target.family()); });
    if (config.detection && reachable < config.quorum)
      mistakes.push_back(
          fmt::format("quorum: {} of {} targets must answer, but {} has gateways for only {}",
                      config.quorum, wan.targets.size(), wan.name, reachable));
    for (const auto& [family, gateway] : wan.gateways)
      if (config.nat == NatKind::kSnat && !wan.addresses.contains(family))
        mistakes.push_back(fmt::format("nat: snat needs an {} address among the addresses of {}",
                                       to_string(family), wan.name));
  }
  if (config.control.size() >= sizeof(sockaddr_un::sun_path))
    mistakes.push_back(fmt::format("control: longer than the {} characters of a socket's path",
                                   sizeof(sockaddr_un::sun_path) - 1));
}

void read_receiver(ObjectReader& reader, const char* key, std::optional<IpAddress>& receiver) {
  std::string written;
  reader.any_text(key, written);
  if (written.empty()) return;
  receiver = IpAddress::parse(written);
  if (!receiver) reader.mistake(key, "not an address: " + written);
}

void read_alerts(ObjectReader& reader, RefrouterConfig& config) {
  read_receiver(reader, "alert_syslog", config.alert_syslog);
  read_receiver(reader, "alert_snmp", config.alert_snmp);
  reader.duration("long_failover", config.alerts.long_failover, Nanos{0});
  reader.count("flap_count", config.alerts.flap_count);
  reader.duration("flap_window", config.alerts.flap_window, Nanos{0});
}

RefrouterConfig read_config(const Json& object, Mistakes& mistakes) {
  RefrouterConfig config;
  ObjectReader reader{object, "", mistakes};
  constexpr Nanos kLeastInterval = std::chrono::milliseconds{1};
  read_wans(reader, config.wans, mistakes);
  reader.addresses("targets", config.targets);
  reader.choice<CheckKind>("check", config.check,
                           {{"icmp", CheckKind::kIcmp}, {"udp", CheckKind::kUdp}});
  reader.duration("interval", config.interval, kLeastInterval);
  reader.duration("timeout", config.timeout, kLeastInterval);
  reader.count("down_count", config.down_count);
  reader.count("up_count", config.up_count);
  reader.count("quorum", config.quorum);
  reader.duration("hold_down", config.hold_down, Nanos{0});
  reader.on_off("failback", config.failback);
  reader.duration("failback_delay", config.failback_delay, Nanos{0});
  reader.choice<Flush>(
      "flush_conntrack", config.flush_conntrack,
      {{"off", Flush::kOff}, {"on", Flush::kOn}, {"on_failover", Flush::kOnFailover}});
  reader.choice<NatKind>("nat", config.nat,
                         {{"masquerade", NatKind::kMasquerade}, {"snat", NatKind::kSnat}});
  reader.on_off("detection", config.detection);
  reader.on_off("carrier", config.carrier);
  reader.on_off("ipv6", config.ipv6);
  reader.on_off("bind_checks", config.bind_checks);
  read_segments(reader, config);
  read_kill_switch(reader, config);
  read_shaping(reader, config);
  read_alerts(reader, config);
  reader.text("control", config.control);
  reader.reject_unknown();
  for (auto& wan : config.wans)
    if (wan.targets.empty()) wan.targets = config.targets;
  if (mistakes.empty()) check_together(config, mistakes);
  return config;
}

}  // namespace

RefrouterConfig parse_refrouter_config(const std::string& text, const std::string& file) {
  Mistakes mistakes;
  RefrouterConfig config;
  const auto object = parse_json(text, mistakes);
  if (mistakes.empty() && !object.is_object())
    mistakes.emplace_back("an object with the router's settings is needed");
  if (mistakes.empty()) config = read_config(object, mistakes);
  if (mistakes.empty()) return config;
  std::vector<Mistake> placed;
  for (const auto& message : mistakes)
    placed.push_back({.where = {.file = file}, .message = message});
  throw ConfigError{std::move(placed)};
}

}  // namespace wandrill
