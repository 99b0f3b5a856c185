// SPDX-License-Identifier: Apache-2.0
#include "scenario/values.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/ip_address.hpp"
#include "base/names.hpp"
#include "base/units.hpp"
#include "scenario/defaults.hpp"
#include "scenario/section.hpp"

namespace wandrill {
namespace {

/// For people: an example of a value, and of the units there are.
std::string_view example_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::kDuration:
      return "e.g. 20ms (ns, us, ms, s, min, h)";
    case ValueKind::kRate:
      return "e.g. 10Mbit/s (bit/s, kbit/s, Mbit/s, Gbit/s)";
    case ValueKind::kSize:
      return "e.g. 172B (B, kB, MB, KiB, MiB)";
    case ValueKind::kPercent:
      return "e.g. 5%";
    case ValueKind::kCount:
      return "e.g. 10";
    case ValueKind::kBound:
      return "e.g. 2s, 1%, 2Mbit/s or 4";
    case ValueKind::kAddress:
      return "e.g. 192.0.2.1 or \"2001:db8::1\"";
    case ValueKind::kPrefix:
      return "e.g. 192.0.2.1/24 or \"2001:db8::1/64\"";
    case ValueKind::kYesNo:
      return "e.g. yes";
    case ValueKind::kName:
      return "letters, digits, '_', '-', '.' and '/'";
    case ValueKind::kText:
    case ValueKind::kWord:
    case ValueKind::kSection:
      break;
  }
  return "";
}

bool is_value(std::string_view text, ValueKind kind) {
  switch (kind) {
    case ValueKind::kDuration:
      return parse_duration(text).has_value();
    case ValueKind::kRate:
      return parse_rate(text).has_value();
    case ValueKind::kSize:
      return parse_size(text).has_value();
    case ValueKind::kPercent:
      return parse_percent(text).has_value();
    case ValueKind::kCount:
      return parse_count(text).has_value();
    case ValueKind::kBound:
      return parse_number(text) || parse_duration(text) || parse_percent(text) || parse_rate(text);
    case ValueKind::kAddress:
      return IpAddress::parse(text).has_value();
    case ValueKind::kPrefix:
      return IpPrefix::parse(text).has_value();
    case ValueKind::kYesNo:
      return parse_yes_no(text).has_value();
    case ValueKind::kName:
      return is_name(text);
    case ValueKind::kText:
    case ValueKind::kWord:
    case ValueKind::kSection:
      break;
  }
  return true;
}

bool needs_unit(ValueKind kind) {
  return kind == ValueKind::kDuration || kind == ValueKind::kRate || kind == ValueKind::kSize ||
         kind == ValueKind::kPercent;
}

}  // namespace

std::string_view to_string(ValueKind kind) {
  switch (kind) {
    case ValueKind::kName:
      return "a name";
    case ValueKind::kText:
      return "a text";
    case ValueKind::kWord:
      return "a word";
    case ValueKind::kYesNo:
      return "yes or no";
    case ValueKind::kDuration:
      return "a duration";
    case ValueKind::kRate:
      return "a rate";
    case ValueKind::kSize:
      return "a size";
    case ValueKind::kPercent:
      return "a percentage";
    case ValueKind::kCount:
      return "a whole number";
    case ValueKind::kBound:
      return "a bound";
    case ValueKind::kAddress:
      return "an address";
    case ValueKind::kPrefix:
      return "an address with its network's length";
    case ValueKind::kSection:
      break;
  }
  return "a section";
}

std::string mistake_of_value(const YamlNode& node, const KeyInfo& key) {
  if (node.kind == YamlNode::Kind::kNull && key.kind == ValueKind::kText) return "";
  if (node.kind == YamlNode::Kind::kNull) return fmt::format("'{}' has no value", key.key);
  if (node.kind != YamlNode::Kind::kText)
    return fmt::format("'{}' needs {}, not {}", key.key, to_string(key.kind), to_string(node.kind));
  if (key.kind == ValueKind::kWord) {
    if (std::ranges::find(key.words, node.text) != key.words.end()) return "";
    return fmt::format("'{}' cannot be '{}'{}", key.key, node.text,
                       name_hint(node.text, key.words));
  }
  if (is_value(node.text, key.kind)) return "";
  if (needs_unit(key.kind) && parse_number(node.text))
    return fmt::format("'{}' needs a unit, {}", key.key, example_of(key.kind));
  if (key.kind == ValueKind::kName && node.text.size() > defaults::kLongestReference)
    return fmt::format("'{}' is longer than {} characters", key.key, defaults::kLongestReference);
  return fmt::format("'{}' needs {}, {}; not '{}'", key.key, to_string(key.kind),
                     example_of(key.kind), node.text);
}

bool is_name(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == '/';
  };
  return !text.empty() && text.size() <= defaults::kLongestReference &&
         std::ranges::all_of(text, allowed);
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t number = 0;
  const auto* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end != last) return std::nullopt;
  return number;
}

std::optional<bool> parse_yes_no(std::string_view text) {
  if (text == "yes" || text == "true" || text == "on") return true;
  if (text == "no" || text == "false" || text == "off") return false;
  return std::nullopt;
}

std::optional<double> parse_number(std::string_view text) {
  double number = 0.0;
  const auto* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number, std::chars_format::fixed);
  if (error != std::errc{} || end != last || !(number >= -1e18 && number <= 1e18))
    return std::nullopt;
  return number;
}

}  // namespace wandrill
