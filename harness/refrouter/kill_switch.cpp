// SPDX-License-Identifier: Apache-2.0
#include "refrouter/kill_switch.hpp"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wandrill {
namespace {

std::vector<IpAddress> blank_separated(ObjectReader& reader, const std::string& key) {
  std::string text;
  reader.any_text(key, text);
  std::vector<IpAddress> addresses;
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    if (const auto address = IpAddress::parse(word))
      addresses.push_back(*address);
    else
      reader.mistake(key, "not an address: " + word);
  }
  return addresses;
}

/// "{ 192.0.2.1, 192.0.2.2 }"; empty for none of this family.
std::string set_of(const std::vector<IpAddress>& addresses, Family family) {
  std::vector<std::string> texts;
  for (const auto& address : addresses)
    if (address.family() == family) texts.push_back(to_string(address));
  return texts.empty() ? "" : fmt::format("{{ {} }}", fmt::join(texts, ", "));
}

std::string rules_for(const RefrouterConfig& config, Family family, const char* word) {
  const auto hosts = set_of(config.vpn_only, family);
  if (hosts.empty()) return "";
  const auto gateways = set_of(config.vpn_gateways, family);
  // Without a gateway of this family nothing of it may leave.
  const auto except = gateways.empty() ? "" : fmt::format(" {} daddr != {}", word, gateways);
  return fmt::format("    {} saddr {}{} drop\n", word, hosts, except);
}

}  // namespace

void read_kill_switch(ObjectReader& reader, RefrouterConfig& config) {
  config.vpn_only = blank_separated(reader, "vpn_only");
  config.vpn_gateways = blank_separated(reader, "vpn_gateway");
  reader.choice<KillSwitch>(
      "kill_switch", config.kill_switch,
      {{"off", KillSwitch::kOff}, {"on", KillSwitch::kOn}, {"on_primary", KillSwitch::kOnPrimary}});
}

std::string kill_switch_chain(const RefrouterConfig& config, std::size_t active) {
  const bool is_on = config.kill_switch == KillSwitch::kOn ||
                     (config.kill_switch == KillSwitch::kOnPrimary && active == 0);
  if (!is_on || config.vpn_only.empty()) return "";
  return "  chain kill_switch {\n"
         "    type filter hook forward priority filter - 5; policy accept;\n" +
         rules_for(config, Family::kIpv4, "ip") + rules_for(config, Family::kIpv6, "ip6") + "  }\n";
}

}  // namespace wandrill
