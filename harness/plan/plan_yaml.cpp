// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "plan/plan_text.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/yaml_tree.hpp"

namespace wandrill {
namespace {

std::string indentation(int depth) {
  return std::string(static_cast<std::size_t>(depth) * 2, ' ');
}

bool is_plain(const std::string& key) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  return !key.empty() && std::ranges::all_of(key, allowed) &&
         !(key.front() >= '0' && key.front() <= '9');
}

/// A text of several lines that a YAML block gives back byte for byte.
bool fits_block(const std::string& text) {
  const auto odd = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n') || byte == 0x7f;
  };
  return text.find('\n') != text.npos && text.front() != ' ' && text.front() != '\n' &&
         text.back() == '\n' && !text.ends_with("\n\n") && std::ranges::none_of(text, odd);
}

void write_block(std::string& out, const std::string& text, int depth) {
  out += "|\n";
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find('\n', start);
    if (end > start) out += indentation(depth) + text.substr(start, end - start);
    out += '\n';
    start = end + 1;
  }
}

/// JSON's texts in double quotes are YAML's as well.
std::string scalar(const Json& value) {
  return value.dump();
}

void write(std::string& out, const Json& value, int depth);

void write_value(std::string& out, const Json& value, int depth) {
  const bool block = value.is_string() && fits_block(value.get_ref<const std::string&>());
  if (block) {
    out += ' ';
    write_block(out, value.get_ref<const std::string&>(), depth);
  } else if (value.is_structured() && !value.empty()) {
    out += '\n';
    write(out, value, depth);
  } else {
    out += ' ' + scalar(value) + '\n';
  }
}

bool is_flat(const Json& list) {
  return std::ranges::none_of(list, [](const Json& item) { return item.is_structured(); });
}

void write(std::string& out, const Json& value, int depth) {
  if (value.is_object()) {
    for (const auto& [key, item] : value.items()) {
      out += indentation(depth) + (is_plain(key) ? key : Json(key).dump()) + ':';
      if (item.is_array() && is_flat(item))
        out += ' ' + scalar(item) + '\n';
      else
        write_value(out, item, depth + 1);
    }
    return;
  }
  for (const auto& item : value) {
    std::string lines;
    write(lines, item, depth + 1);
    // The dash takes the place of the first line's indentation.
    out += indentation(depth) + "- " + lines.substr(static_cast<std::size_t>(depth) * 2 + 2);
  }
}

/// Plans of earlier versions may hold patterns that are none any more.
void check_stored_patterns(const YamlNode& node, Mistakes& mistakes) {
  for (const auto& item : node.items)
    check_stored_patterns(item, mistakes);
  for (const auto& entry : node.entries) {
    const bool is_pattern =
        entry.key == "pattern" || entry.key == "ready_pattern" || entry.key == "log_stamp_pattern";
    if (is_pattern && entry.value.kind == YamlNode::Kind::kText)
      check_pattern({entry.value.text, entry.value.place}, mistakes);
    check_stored_patterns(entry.value, mistakes);
  }
}

Json json_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return nullptr;
    case YamlNode::Kind::kText: {
      if (node.quoted) return node.text;
      auto value = Json::parse(node.text, nullptr, false);
      return value.is_discarded() ? Json(node.text) : value;
    }
    case YamlNode::Kind::kList: {
      Json list = Json::array();
      for (const auto& item : node.items)
        list.push_back(json_of(item));
      return list;
    }
    case YamlNode::Kind::kMap:
      break;
  }
  Json map = Json::object();
  for (const auto& entry : node.entries)
    map[entry.key] = json_of(entry.value);
  return map;
}

}  // namespace

std::string plan_as_yaml(const Plan& plan) {
  std::string out;
  write(out, Json(plan), 0);
  return out;
}

Plan plan_from_yaml(const std::string& text) {
  Mistakes mistakes;
  const auto root = parse_yaml({"plan.yaml", text}, mistakes);
  check_stored_patterns(root, mistakes);
  mistakes.throw_if_any();
  try {
    return json_of(root).get<Plan>();
  } catch (const Json::exception&) {
    throw ConfigError{
        {{root.place, "this is no stored plan: it is damaged, or another version's"}}};
  } catch (const std::exception& error) {
    throw ConfigError{{{root.place, std::string{"this is no stored plan: "} + error.what()}}};
  }
}

}  // namespace wandrill
