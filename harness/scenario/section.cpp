// SPDX-License-Identifier: Apache-2.0
#include "scenario/section.hpp"

#include <algorithm>

#include "base/names.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

std::string with_article(std::string_view name) {
  constexpr std::string_view kVowels = "aeiou";
  return fmt::format("{} {}", kVowels.find(name.front()) == kVowels.npos ? "a" : "an", name);
}

class Checker {
 public:
  explicit Checker(Mistakes& mistakes) : mistakes_{mistakes} {}

  void check(const YamlNode& node, const SectionInfo& section) {
    if (node.kind != YamlNode::Kind::kMap) {
      mistakes_.add(node.place, "expected {} (a map of keys), not {}", with_article(section.name),
                    to_string(node.kind));
      return;
    }
    for (const auto& entry : node.entries)
      if (const auto* key = section.find(entry.key))
        check_entry(entry, *key);
      else if (entry.key != "<<")
        mistakes_.add(entry.place, "unknown key '{}' in {}{}", entry.key,
                      with_article(section.name), name_hint(entry.key, section.key_names()));
    for (const auto& key : section.keys)
      if (key.required && node.find(key.key) == nullptr)
        mistakes_.add(node.place, "'{}' is missing in this {}", key.key, section.name);
  }

 private:
  void check_entry(const YamlEntry& entry, const KeyInfo& key) {
    switch (key.shape) {
      case Shape::kOne:
        return check_value(entry.value, key);
      case Shape::kList:
        return check_list(entry.value, key);
      case Shape::kMap:
      case Shape::kMapOfLists:
        return check_map(entry.value, key);
    }
  }

  void check_list(const YamlNode& node, const KeyInfo& key) {
    // One word for a list of one is what people write.
    if (node.kind == YamlNode::Kind::kText && key.kind != ValueKind::kSection)
      return check_value(node, key);
    if (!has_kind(node, YamlNode::Kind::kList, key)) return;
    for (const auto& item : node.items)
      check_value(item, key);
  }

  void check_map(const YamlNode& node, const KeyInfo& key) {
    if (!has_kind(node, YamlNode::Kind::kMap, key)) return;
    for (const auto& entry : node.entries)
      check_named(entry, key);
  }

  /// A mistake names the entry that it is in.
  void check_named(const YamlEntry& entry, KeyInfo key) {
    key.key = entry.key;
    if (key.shape == Shape::kMapOfLists)
      check_list(entry.value, key);
    else
      check_value(entry.value, key);
  }

  void check_value(const YamlNode& node, const KeyInfo& key) {
    const bool is_in_place = key.section != nullptr && node.kind == YamlNode::Kind::kMap;
    if (key.kind == ValueKind::kSection || is_in_place) return check(node, key.section());
    if (auto mistake = mistake_of_value(node, key); !mistake.empty())
      mistakes_.add_text(node.place, std::move(mistake));
  }

  bool has_kind(const YamlNode& node, YamlNode::Kind kind, const KeyInfo& key) {
    if (node.kind == kind) return true;
    mistakes_.add(node.place, "'{}' needs {}, not {}", key.key, to_string(kind),
                  to_string(node.kind));
    return false;
  }

  Mistakes& mistakes_;
};

}  // namespace

const KeyInfo* SectionInfo::find(std::string_view key) const {
  const auto found = std::ranges::find(keys, key, &KeyInfo::key);
  return found == keys.end() ? nullptr : &*found;
}

std::vector<std::string> SectionInfo::key_names() const {
  std::vector<std::string> names;
  for (const auto& key : keys)
    names.emplace_back(key.key);
  return names;
}

void check_section(const YamlNode& node, const SectionInfo& section, Mistakes& mistakes) {
  Checker{mistakes}.check(node, section);
}

}  // namespace wandrill
