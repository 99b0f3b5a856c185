// SPDX-License-Identifier: Apache-2.0
#include "refrouter/segment_config.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <net/if.h>

#include "base/names.hpp"

namespace wandrill {
namespace {

using Pair = std::pair<std::string, std::string>;

/// The blank-separated pairs of a text; what is none is a mistake.
std::vector<Pair> pairs(ObjectReader& reader, const std::string& key, char sign,
                        const char* example) {
  const auto* value = reader.find(key);
  if (value == nullptr) return {};
  if (!value->is_string()) {
    reader.mistake(key, "a text is needed, not " + value->dump());
    return {};
  }
  std::vector<Pair> found;
  std::istringstream words{value->get<std::string>()};
  for (std::string word; words >> word;) {
    const auto at = word.find(sign);
    if (at == 0 || at == std::string::npos || at + 1 == word.size())
      reader.mistake(key, fmt::format("\"{}\" is not like \"{}\"", word, example));
    else
      found.emplace_back(word.substr(0, at), word.substr(at + 1));
  }
  return found;
}

template <typename Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const auto& one : all)
    names.push_back(one.name);
  return names;
}

void require_name(ObjectReader& reader, const std::string& key, const char* kind,
                  const std::string& name, const std::vector<std::string>& names) {
  if (std::ranges::find(names, name) == names.end())
    reader.mistake(key, fmt::format("no such {}: {}{}", kind, name, name_hint(name, names)));
}

bool is_interface(const std::string& name) {
  return name.size() < IFNAMSIZ && name.find_first_of("\"/") == std::string::npos;
}

}  // namespace

void read_segments(ObjectReader& reader, RefrouterConfig& config) {
  for (const auto& [name, interface] : pairs(reader, "segments", '=', "voice=lan.20")) {
    if (!is_interface(interface))
      reader.mistake("segments", fmt::format("not an interface's name: \"{}\"", interface));
    const auto is_known = [&](const SegmentConfig& other) {
      return other.name == name || other.interface == interface;
    };
    if (std::ranges::any_of(config.segments, is_known))
      reader.mistake("segments", fmt::format("given twice: {}={}", name, interface));
    config.segments.push_back({name, interface});
  }
  reader.choice<Isolation>(
      "isolation", config.isolation,
      {{"off", Isolation::kOff}, {"on", Isolation::kOn}, {"on_primary", Isolation::kOnPrimary}});
  std::string guarded;
  reader.any_text("guarded", guarded);
  std::istringstream guarded_names{guarded};
  for (std::string name; guarded_names >> name;) {
    require_name(reader, "guarded", "WAN", name, names_of(config.wans));
    config.guarded.push_back(name);
  }
  const auto segments = names_of(config.segments);
  const auto wans = names_of(config.wans);
  for (const auto& [from, to] : pairs(reader, "allow", '>', "corporate>cameras")) {
    require_name(reader, "allow", "segment", from, segments);
    require_name(reader, "allow", "segment", to, segments);
    config.allow.push_back({from, to});
  }
  for (const auto& [from, to] : pairs(reader, "deny", '>', "guest>wan_b")) {
    require_name(reader, "deny", "segment", from, segments);
    require_name(reader, "deny", "WAN", to, wans);
    config.deny.push_back({from, to});
  }
}

}  // namespace wandrill
