// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/names.hpp"
#include "base/pattern.hpp"
#include "plan/placeholders.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/topology/kernel_setting.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

std::vector<std::string> filled(const std::vector<Placed<std::string>>& command,
                                const Placeholders& placeholders, const Placed<std::string>& name,
                                Mistakes& mistakes) {
  if (command.empty()) mistakes.add(name.place, "the command of '{}' is empty", name.value);
  std::vector<std::string> words;
  for (const auto& word : command)
    words.push_back(placeholders.fill(word, mistakes));
  return words;
}

ProcessPlan process_of(const ProcessSpec& spec, const Placeholders& placeholders,
                       Mistakes& mistakes) {
  if (spec.ready) check_pattern(*spec.ready, mistakes);
  return {
      .name = spec.name.value,
      .command = filled(spec.command, placeholders, spec.name, mistakes),
      .ready_pattern = spec.ready ? spec.ready->value : "",
      .ready_within = spec.ready_within ? spec.ready_within->value : defaults::kReadyWithin,
  };
}

/// A file goes into one private folder: its name must not lead out of it.
void check_file_name(const Placed<std::string>& name, Mistakes& mistakes) {
  if (name.value.empty() || name.value.front() == '.' || name.value.find('/') != std::string::npos)
    mistakes.add(name.place, "'{}' cannot be a file's name: it is put into ${{files}} itself",
                 name.value);
}

void add_log(const RouterProfile& profile, RouterPlan& plan, Mistakes& mistakes) {
  using enum LogPattern::Meaning;
  const std::pair<LogPattern::Meaning, const std::vector<Placed<std::string>>*> kinds[] = {
      {kWanDown, &profile.log_wan_down},
      {kWanUp, &profile.log_wan_up},
      {kSwitch, &profile.log_switch},
  };
  for (const auto& [meaning, patterns] : kinds)
    for (const auto& pattern : *patterns) {
      check_pattern(pattern, mistakes);
      plan.log_patterns.push_back({meaning, pattern.value});
    }
  if (!profile.log_stamp) return;
  check_pattern(*profile.log_stamp, mistakes);
  plan.log_stamp_pattern = profile.log_stamp->value;
}

}  // namespace

RouterPlan resolve_router(const RouterProfile& profile, const TopologyPlan& topology,
                          Mistakes& mistakes) {
  RouterPlan plan{.name = profile.name.value, .description = profile.description};
  if (profile.place.file.empty() || topology.wans.empty()) return plan;
  const Placeholders placeholders{profile.parameters, topology, mistakes};
  for (const auto& [key, value] : profile.sysctls) {
    if (const auto objection = objection_to_setting(key.value); !objection.empty())
      mistakes.add(key.place, "'{}' {}", key.value, objection);
    plan.sysctls.emplace_back(key.value, placeholders.fill(value, mistakes));
  }
  if (profile.nft) plan.nft = placeholders.fill(*profile.nft, mistakes);
  for (const auto& [name, content] : profile.files) {
    check_file_name(name, mistakes);
    plan.files.push_back({name.value, placeholders.fill(content, mistakes)});
  }
  for (const auto& process : profile.processes)
    plan.processes.push_back(process_of(process, placeholders, mistakes));
  for (const auto& [name, command] : profile.commands)
    plan.commands.push_back({name.value, filled(command, placeholders, name, mistakes)});
  add_log(profile, plan, mistakes);
  return plan;
}

void check_pattern(const Placed<std::string>& pattern, Mistakes& mistakes) {
  if (const auto mistake = pattern_mistake(pattern.value))
    mistakes.add(pattern.place, "this is no regular expression (RE2): {}", *mistake);
}

}  // namespace wandrill
