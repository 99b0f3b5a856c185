// SPDX-License-Identifier: Apache-2.0
#include "scenario/router_profile.hpp"

#include <algorithm>

#include "base/names.hpp"
#include "scenario/decode_parts.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {

ProcessSpec decode_process(const YamlNode& node) {
  const Fields fields{node};
  return {
      .name = or_empty(fields.text("name"), node.place),
      .command = fields.texts("command"),
      .ready = fields.text("ready"),
      .ready_within = fields.duration("ready_within"),
  };
}

const Placed<std::string>& name_of(const PlacedPair& pair) {
  return pair.first;
}
const Placed<std::string>& name_of(const ProcessSpec& process) {
  return process.name;
}
const Placed<std::string>& name_of(const CommandSpec& command) {
  return command.name;
}

/// Each of `changes` replaces what has its name, or comes last.
template <typename T>
void merge(std::vector<T>& into, const std::vector<T>& changes) {
  for (const auto& change : changes) {
    const auto same = std::ranges::find_if(
        into, [&](const T& old) { return name_of(old).value == name_of(change).value; });
    if (same == into.end())
      into.push_back(change);
    else
      *same = change;
  }
}

template <typename T>
void replace(std::vector<T>& old, const std::vector<T>& change) {
  if (!change.empty()) old = change;
}

}  // namespace

RouterProfile decode_router_profile(const Source& source, Mistakes& mistakes) {
  const auto before = mistakes.size();
  const YamlNode root = parse_yaml(source, mistakes);
  if (root.kind == YamlNode::Kind::kNull && mistakes.size() > before) return {};
  check_section(root, router_section(), mistakes);
  const Fields fields{root};
  RouterProfile profile{
      .place = root.place,
      .name = or_empty(fields.text("router"), root.place),
      .extends = fields.text("extends"),
      .description = or_empty(fields.text("description"), root.place).value,
      .parameters = fields.map("parameters"),
      .sysctls = fields.map("sysctls"),
      .nft = fields.text("nft"),
      .files = fields.map("files"),
  };
  for (const auto* node : fields.sections("processes"))
    profile.processes.push_back(decode_process(*node));
  for (const auto* entry : fields.entries("commands"))
    profile.commands.push_back(
        {.name = {entry->key, entry->place}, .command = texts_of(entry->value)});
  if (const auto* log = fields.section("log")) {
    profile.log_stamp = Fields{*log}.text("stamp");
    profile.log_wan_down = Fields{*log}.texts("wan_down");
    profile.log_wan_up = Fields{*log}.texts("wan_up");
    profile.log_switch = Fields{*log}.texts("switch");
  }
  return profile;
}

RouterProfile extend_profile(const RouterProfile& base, const RouterProfile& derived,
                             Mistakes& mistakes) {
  std::vector<std::string> known;
  for (const auto& [name, value] : base.parameters)
    known.push_back(name.value);
  for (const auto& [name, value] : derived.parameters)
    if (std::ranges::find(known, name.value) == known.end())
      mistakes.add(name.place, "router '{}' has no parameter '{}'{}", base.name.value, name.value,
                   name_hint(name.value, known));
  RouterProfile result = base;
  result.place = derived.place;
  result.name = derived.name;
  result.extends = derived.extends;
  if (!derived.description.empty()) result.description = derived.description;
  merge(result.parameters, derived.parameters);
  merge(result.sysctls, derived.sysctls);
  merge(result.files, derived.files);
  merge(result.processes, derived.processes);
  merge(result.commands, derived.commands);
  if (derived.nft) result.nft = derived.nft;
  if (derived.log_stamp) result.log_stamp = derived.log_stamp;
  replace(result.log_wan_down, derived.log_wan_down);
  replace(result.log_wan_up, derived.log_wan_up);
  replace(result.log_switch, derived.log_switch);
  return result;
}

}  // namespace wandrill
