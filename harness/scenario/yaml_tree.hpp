// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenario/mistakes.hpp"
#include "scenario/source.hpp"

namespace wandrill {

struct YamlEntry;

/// A YAML document as written: scalars stay text, and every node knows its place.
struct YamlNode {
  enum class Kind : unsigned char { kNull, kText, kList, kMap };
  Kind kind = Kind::kNull;
  Place place;
  std::string text;     ///< Of kText.
  bool quoted = false;  ///< A text in quotes, or a block of text.
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;  ///< In the order of the file.

  /// The value of a key of a map; null if absent.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

struct YamlEntry {
  std::string key;
  Place place;
  YamlNode value;
};

/// "a text", "a list", "a map", "nothing"
std::string_view to_string(YamlNode::Kind kind);

/// Parses the one document of `source`. Anchors, aliases, merge keys, tags, duplicate keys, tabs in
/// the indentation and further documents become mistakes; so does broken YAML, of which the parser
/// finds one mistake only.
YamlNode parse_yaml(const Source& source, Mistakes& mistakes);

}  // namespace wandrill
