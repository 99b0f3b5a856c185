// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/capacity_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plan/words.hpp"

namespace wandrill {
namespace {

std::string needs_text(const CapacityCheck& check) {
  return to_string(check.needy->needs(check.direction)) +
         (check.needy->guaranteed ? ", guaranteed" : "");
}

/// "5Mbit/s, 4Mbit/s spare": what the WAN carries, and what is left of it.
std::string wan_text(const WanPlan& wan, const CapacityCheck& check, std::size_t index) {
  const auto& spare = check.spare[index];
  if (!spare) return "unlimited";
  const auto rate = (check.direction == Direction::kUp ? wan.up : wan.down).rate;
  const auto amount = BitsPerSecond{static_cast<std::uint64_t>(*spare < 0 ? -*spare : *spare)};
  return fmt::format("{}, {} {}", to_string(rate), to_string(amount),
                     *spare < 0 ? "missing" : "spare");
}

std::string verdict_text(const TopologyPlan& topology, const CapacityCheck& check) {
  if (check.fits()) return "fits";
  std::vector<std::string> narrow;
  for (std::size_t i = 0; i < topology.wans.size(); ++i)
    if (check.spare[i].value_or(0) < 0) narrow.push_back(topology.wans[i].name);
  return fmt::format("does not fit {}: shaped", fmt::join(narrow, ", "));
}

}  // namespace

std::string capacity_text(const TopologyPlan& topology) {
  if (topology.capacity.empty()) return "";
  std::string out =
      "\nCapacity (what each WAN carries, and what is left once a class and those before it have "
      "what they need)\n";
  constexpr int kWide = 28;
  out += fmt::format("  {:<12} {:<5} {:<22}", "class", "", "needs");
  for (const auto& wan : topology.wans)
    out += fmt::format(" {:<{}}", wan.name, kWide);
  out += " verdict\n";
  for (const auto& check : check_capacity(topology)) {
    out += fmt::format("  {:<12} {:<5} {:<22}", check.needy->name, word_of(check.direction),
                       needs_text(check));
    for (std::size_t i = 0; i < topology.wans.size(); ++i)
      out += fmt::format(" {:<{}}", wan_text(topology.wans[i], check, i), kWide);
    out += " " + verdict_text(topology, check) + "\n";
  }
  return out;
}

}  // namespace wandrill
