// SPDX-License-Identifier: Apache-2.0
#include "refrouter/segment_policy.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wandrill {
namespace {

template <typename Named>
std::string interface_of(const std::vector<Named>& all, const std::string& name) {
  return std::ranges::find(all, name, &Named::name)->interface;
}

/// "{ "lan.10", "lan.20" }"
template <typename Named>
std::string set_of(const std::vector<Named>& all) {
  std::vector<std::string> quoted;
  for (const auto& one : all)
    quoted.push_back(fmt::format("\"{}\"", one.interface));
  return fmt::format("{{ {} }}", fmt::join(quoted, ", "));
}

std::vector<WanConfig> guarded_wans(const RefrouterConfig& config) {
  if (config.guarded.empty()) return config.wans;
  std::vector<WanConfig> guarded;
  for (const auto& wan : config.wans)
    if (std::ranges::find(config.guarded, wan.name) != config.guarded.end()) guarded.push_back(wan);
  return guarded;
}

std::string rule(const std::string& from, const std::string& to, const char* verdict) {
  return fmt::format("    iifname \"{}\" oifname \"{}\" {}\n", from, to, verdict);
}

}  // namespace

std::string forward_chain(const RefrouterConfig& config, std::size_t active) {
  const bool is_isolated = config.isolation == Isolation::kOn ||
                           (config.isolation == Isolation::kOnPrimary && active == 0);
  if (config.segments.empty() || (!is_isolated && config.deny.empty())) return "";
  std::string rules =
      "  chain forward {\n"
      "    type filter hook forward priority filter; policy accept;\n";
  // First of all, so that a connection that began on another WAN is kept off too.
  for (const auto& [from, to] : config.deny)
    rules += rule(interface_of(config.segments, from), interface_of(config.wans, to), "drop");
  if (!is_isolated) return rules + "  }\n";
  rules += "    ct state established,related accept\n";
  for (const auto& [from, to] : config.allow)
    rules += rule(interface_of(config.segments, from), interface_of(config.segments, to), "accept");
  const auto segments = set_of(config.segments);
  rules += fmt::format("    iifname {} oifname {} drop\n", segments, segments);
  rules += fmt::format("    iifname {} oifname {} drop\n", set_of(guarded_wans(config)), segments);
  return rules + "  }\n";
}

}  // namespace wandrill
