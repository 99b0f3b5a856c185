// SPDX-License-Identifier: Apache-2.0
#include "scenario/fields.hpp"

#include "scenario/values.hpp"

namespace wandrill {
namespace {

template <typename Parse>
auto placed(const YamlNode* node, Parse parse)
    -> std::optional<Placed<typename decltype(parse(std::string_view{}))::value_type>> {
  if (node == nullptr || node->kind != YamlNode::Kind::kText) return std::nullopt;
  auto value = parse(std::string_view{node->text});
  if (!value) return std::nullopt;
  return {{std::move(*value), node->place}};
}

std::optional<std::string> as_text(std::string_view text) {
  return std::string{text};
}

template <typename Parse>
auto list_of(const YamlNode* node, Parse parse) {
  std::vector<typename decltype(placed(node, parse))::value_type> values;
  if (node == nullptr) return values;
  if (auto one = placed(node, parse)) values.push_back(std::move(*one));
  for (const auto& item : node->items)
    if (auto value = placed(&item, parse)) values.push_back(std::move(*value));
  return values;
}

}  // namespace

std::optional<Placed<std::string>> Fields::text(std::string_view key) const {
  return placed(node_.find(key), as_text);
}
std::optional<Placed<bool>> Fields::yes_no(std::string_view key) const {
  return placed(node_.find(key), parse_yes_no);
}
std::optional<Placed<Nanos>> Fields::duration(std::string_view key) const {
  return placed(node_.find(key), parse_duration);
}
std::optional<Placed<BitsPerSecond>> Fields::rate(std::string_view key) const {
  return placed(node_.find(key), parse_rate);
}
std::optional<Placed<Bytes>> Fields::size(std::string_view key) const {
  return placed(node_.find(key), parse_size);
}
std::optional<Placed<Percent>> Fields::percent(std::string_view key) const {
  return placed(node_.find(key), parse_percent);
}
std::optional<Placed<std::uint64_t>> Fields::count(std::string_view key) const {
  return placed(node_.find(key), parse_count);
}
std::vector<Placed<std::string>> Fields::texts(std::string_view key) const {
  return list_of(node_.find(key), as_text);
}
std::vector<Placed<IpAddress>> Fields::addresses(std::string_view key) const {
  return list_of(node_.find(key), IpAddress::parse);
}
std::vector<Placed<IpPrefix>> Fields::prefixes(std::string_view key) const {
  return list_of(node_.find(key), IpPrefix::parse);
}

std::vector<std::pair<Placed<std::string>, Placed<std::string>>> Fields::map(
    std::string_view key) const {
  std::vector<std::pair<Placed<std::string>, Placed<std::string>>> values;
  for (const auto* entry : entries(key))
    values.push_back({{entry->key, entry->place}, {entry->value.text, entry->value.place}});
  return values;
}

const YamlNode* Fields::section(std::string_view key) const {
  const auto* node = node_.find(key);
  return node && node->kind == YamlNode::Kind::kMap ? node : nullptr;
}

std::vector<const YamlNode*> Fields::sections(std::string_view key) const {
  std::vector<const YamlNode*> found;
  if (const auto* node = node_.find(key))
    for (const auto& item : node->items)
      if (item.kind == YamlNode::Kind::kMap) found.push_back(&item);
  return found;
}

std::vector<const YamlEntry*> Fields::entries(std::string_view key) const {
  std::vector<const YamlEntry*> found;
  if (const auto* node = node_.find(key))
    for (const auto& entry : node->entries)
      found.push_back(&entry);
  return found;
}

std::vector<Placed<std::string>> texts_of(const YamlNode& node) {
  return list_of(&node, as_text);
}

}  // namespace wandrill
