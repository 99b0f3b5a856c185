// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/mistakes.hpp"
#include "scenario/yaml_tree.hpp"

namespace wandrill {

/// What a value may be.
enum class ValueKind : unsigned char {
  kName,  ///< Letters, digits, '_', '-' and '.': what other values refer to.
  kText,
  kWord,  ///< One of a few words.
  kYesNo,
  kDuration,
  kRate,
  kSize,
  kPercent,
  kCount,    ///< A whole number from 0.
  kBound,    ///< A number with or without a unit: what fits depends on the metric.
  kAddress,  ///< IPv4 or IPv6.
  kPrefix,   ///< An address with the length of its network.
  kSection
};

/// How many values a key takes.
enum class Shape : unsigned char { kOne, kList, kMap, kMapOfLists };

struct SectionInfo;

/// One key of a section. The decoder, the JSON Schema and the test of the documentation all come
/// from this.
struct KeyInfo {
  std::string_view key;
  ValueKind kind = ValueKind::kText;
  Shape shape = Shape::kOne;
  bool required = false;
  std::string_view documentation;  ///< One line.
  std::string fallback;            ///< The default in words; empty: none.
  std::vector<std::string> words;  ///< Of kWord.
  /// Of kSection; a function, as sections may nest. Of another kind: what may stand in its place.
  const SectionInfo& (*section)() = nullptr;
};

/// One kind of map with fixed keys.
struct SectionInfo {
  std::string_view name;  ///< In words: "session".
  std::string_view documentation;
  std::vector<KeyInfo> keys;

  [[nodiscard]] const KeyInfo* find(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> key_names() const;
};

/// "a duration"
std::string_view to_string(ValueKind kind);

/// Checks `node` and all below it against the table: unknown and missing keys, wrong kinds, missing
/// units.
void check_section(const YamlNode& node, const SectionInfo& section, Mistakes& mistakes);

/// The mistake in words that `text` is no value of this key; empty if it is one.
std::string mistake_of_value(const YamlNode& node, const KeyInfo& key);

bool is_name(std::string_view text);

}  // namespace wandrill
