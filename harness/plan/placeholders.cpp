// SPDX-License-Identifier: Apache-2.0
#include "plan/placeholders.hpp"

#include <algorithm>

#include "base/names.hpp"

namespace wandrill {
namespace {

constexpr std::string_view kOpen = "${";
constexpr const char* kFiles = "/run/wandrill/router";

}  // namespace

Placeholders::Placeholders(const TopologyPlan& topology) {
  for (const auto& wan : topology.wans) {
    add(wan.name + ".interface", wan.router.interface);
    add(wan.name + ".rate_up", to_string(wan.up.rate));
    add(wan.name + ".rate_down", to_string(wan.down.rate));
    for (const auto& gateway : wan.gateways)
      add_address(wan.name, "gateway", gateway);
    for (const auto& address : wan.router.addresses)
      add_address(wan.name, "address", address.address);
  }
  for (const auto& server : topology.servers)
    for (const auto& address : server.addresses)
      add_address(server.name, "address", address);
  add_segments(topology);
  add("files", kFiles);
}

Placeholders::Placeholders(const std::vector<PlacedPair>& parameters, const TopologyPlan& topology,
                           Mistakes& mistakes) {
  const Placeholders of_topology{topology};
  for (const auto& [name, value] : parameters)
    add(name.value, of_topology.fill(value, mistakes));
  names_.insert(names_.end(), of_topology.names_.begin(), of_topology.names_.end());
  values_.insert(values_.end(), of_topology.values_.begin(), of_topology.values_.end());
}

void Placeholders::add_segments(const TopologyPlan& topology) {
  std::string all;
  for (const auto& segment : topology.segments) {
    add(segment.name + ".interface", segment.interface);
    for (const auto& gateway : segment.gateways) {
      add_address(segment.name, "gateway", gateway.address);
      add(fmt::format("{}.network{}", segment.name,
                      gateway.address.family() == Family::kIpv4 ? 4 : 6),
          to_string(network_of(gateway)));
    }
    all += fmt::format("{}{}={}", all.empty() ? "" : " ", segment.name, segment.interface);
  }
  add("segments", all);
}

void Placeholders::add(std::string name, std::string value) {
  names_.push_back(std::move(name));
  values_.push_back(std::move(value));
}

void Placeholders::add_address(const std::string& owner, std::string_view what,
                               const IpAddress& address) {
  add(fmt::format("{}.{}{}", owner, what, address.family() == Family::kIpv4 ? 4 : 6),
      to_string(address));
}

const std::string* Placeholders::find(std::string_view name) const {
  const auto found = std::ranges::find(names_, name);
  if (found == names_.end()) return nullptr;
  return &values_[static_cast<std::size_t>(found - names_.begin())];
}

std::string Placeholders::fill(const Placed<std::string>& text, Mistakes& mistakes) const {
  std::string_view rest = text.value;
  std::string result;
  for (auto open = rest.find(kOpen); open != rest.npos; open = rest.find(kOpen)) {
    const bool plain = open > 0 && rest[open - 1] == '$';
    if (plain) {
      result += rest.substr(0, open - 1);
      result += kOpen;
      rest.remove_prefix(open + kOpen.size());
      continue;
    }
    result += rest.substr(0, open);
    rest.remove_prefix(open + kOpen.size());
    const auto close = rest.find('}');
    if (close == rest.npos) {
      mistakes.add(text.place, "a placeholder '${{' without its '}}'");
      break;
    }
    const auto name = rest.substr(0, close);
    if (const auto* value = find(name))
      result += *value;
    else
      mistakes.add(text.place, "there is no placeholder '${{{}}}' in this topology and router{}",
                   name, name_hint(name, names_));
    rest.remove_prefix(close + 1);
  }
  result += rest;
  return result;
}

}  // namespace wandrill
