// SPDX-License-Identifier: Apache-2.0
#include "scenario/schema.hpp"

#include <algorithm>

#include "scenario/sections.hpp"

namespace wandrill {
namespace {

constexpr const char* kDecimal = "[0-9]+(\\.[0-9]+)? ?";

Json pattern(std::string text) {
  return {{"type", "string"}, {"pattern", "^" + text + "$"}};
}

/// YAML reads a plain 4 as a number, and editors with it.
Json text_or_number() {
  return {{"type", {"string", "number", "boolean"}}};
}

/// A reference is a URI, which has no blanks.
std::string definition_name(const SectionInfo& section) {
  std::string name{section.name};
  std::ranges::replace(name, ' ', '_');
  return name;
}

Json reference_to(const SectionInfo& section) {
  return {{"$ref", "#/$defs/" + definition_name(section)}};
}

Json plain_schema(const KeyInfo& key) {
  switch (key.kind) {
    case ValueKind::kName:
      return pattern("[A-Za-z0-9_./-]+");
    case ValueKind::kText:
      return {{"type", {"string", "number", "boolean", "null"}}};
    case ValueKind::kWord:
      return {{"enum", key.words}};
    case ValueKind::kYesNo:
      return {{"enum", {true, false, "yes", "no", "on", "off"}}};
    case ValueKind::kDuration:
      return pattern(std::string{kDecimal} + "(ns|us|ms|s|min|h)");
    case ValueKind::kRate:
      return pattern(std::string{kDecimal} + "[kMG]?bit/s");
    case ValueKind::kSize:
      return pattern(std::string{kDecimal} + "(B|kB|MB|KiB|MiB)");
    case ValueKind::kPercent:
      return pattern(std::string{kDecimal} + "%");
    case ValueKind::kCount:
      return {{"type", "integer"}, {"minimum", 0}};
    case ValueKind::kBound:
      return text_or_number();
    case ValueKind::kAddress:
    case ValueKind::kPrefix:
      return {{"type", "string"}};
    case ValueKind::kSection:
      break;
  }
  return reference_to(key.section());
}

Json value_schema(const KeyInfo& key) {
  if (key.kind == ValueKind::kSection || key.section == nullptr) return plain_schema(key);
  return {{"anyOf", {plain_schema(key), reference_to(key.section())}}};
}

Json key_schema(const KeyInfo& key) {
  const Json value = value_schema(key);
  Json list{{"type", "array"}, {"items", value}};
  Json schema;
  switch (key.shape) {
    case Shape::kOne:
      schema = value;
      break;
    case Shape::kList:
      schema = key.kind == ValueKind::kSection ? list : Json{{"anyOf", {list, value}}};
      break;
    case Shape::kMap:
      schema = {{"type", "object"}, {"additionalProperties", value}};
      break;
    case Shape::kMapOfLists:
      schema = {{"type", "object"}, {"additionalProperties", Json{{"anyOf", {list, value}}}}};
      break;
  }
  schema["description"] = std::string{key.documentation} +
                          (key.fallback.empty() ? "" : " Default: " + key.fallback + ".");
  return schema;
}

Json section_schema(const SectionInfo& section) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const auto& key : section.keys) {
    properties[std::string{key.key}] = key_schema(key);
    if (key.required) required.push_back(key.key);
  }
  Json schema{{"type", "object"},
              {"description", section.documentation},
              {"properties", std::move(properties)},
              {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

/// Every section that can be reached from `section`, itself left out.
void collect(const SectionInfo& section, Json& definitions) {
  for (const auto& key : section.keys) {
    if (key.section == nullptr) continue;
    const auto& inner = key.section();
    const std::string name = definition_name(inner);
    if (definitions.contains(name)) continue;
    definitions[name] = section_schema(inner);
    collect(inner, definitions);
  }
}

Json document_schema(const SectionInfo& root) {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", fmt::format("wandrill {}", root.name)}};
  schema.update(section_schema(root));
  Json definitions = Json::object();
  collect(root, definitions);
  schema["$defs"] = std::move(definitions);
  return schema;
}

}  // namespace

Json scenario_schema() {
  return document_schema(scenario_section());
}

Json topology_schema() {
  return document_schema(topology_section());
}

Json router_schema() {
  return document_schema(router_section());
}

}  // namespace wandrill
