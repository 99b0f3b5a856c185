// SPDX-License-Identifier: Apache-2.0
#include "scenario/schema.hpp"

#include <algorithm>
#include <filesystem>

#include "base/pattern.hpp"
#include "base/testing/catch.hpp"
#include "scenario/sections.hpp"
#include "scenario/source.hpp"
#include "scenario/values.hpp"
#include "scenario/yaml_tree.hpp"

using namespace wandrill;
namespace fs = std::filesystem;

namespace {

/// As much of JSON Schema as ours uses.
class Validator {
 public:
  explicit Validator(const Json& schema) : root_{schema} {}

  bool accepts(const YamlNode& node, const Json& schema) const {
    if (schema.contains("$ref"))
      return accepts(node,
                     root_.at(Json::json_pointer{schema["$ref"].get<std::string>().substr(1)}));
    if (schema.contains("anyOf"))
      return std::ranges::any_of(schema["anyOf"],
                                 [&](const Json& one) { return accepts(node, one); });
    if (node.kind == YamlNode::Kind::kMap) return accepts_map(node, schema);
    if (node.kind == YamlNode::Kind::kList)
      return schema.value("type", Json{}) == "array" &&
             std::ranges::all_of(
                 node.items, [&](const YamlNode& item) { return accepts(item, schema["items"]); });
    return accepts_scalar(node, schema);
  }

 private:
  bool accepts_map(const YamlNode& node, const Json& schema) const {
    if (schema.value("type", Json{}) != "object") return false;
    const auto properties = schema.value("properties", Json::object());
    const auto& others = schema["additionalProperties"];
    for (const auto& entry : node.entries) {
      const bool known = properties.contains(entry.key);
      if (!known && others.is_boolean()) return false;
      if (!accepts(entry.value, known ? properties[entry.key] : others)) return false;
    }
    return std::ranges::all_of(schema.value("required", Json::array()), [&](const Json& key) {
      return node.find(key.get<std::string>()) != nullptr;
    });
  }

  static bool accepts_scalar(const YamlNode& node, const Json& schema) {
    if (schema.contains("enum"))
      return std::ranges::any_of(schema["enum"],
                                 [&](const Json& word) { return word == node.text; });
    const auto type = schema.value("type", Json{});
    if (type == "integer") return parse_count(node.text).has_value();
    if (type == "object" || type == "array") return false;
    return !schema.contains("pattern") ||
           Pattern{schema["pattern"].get<std::string>()}.search(node.text);
  }

  const Json& root_;
};

void check_folder(const std::string& folder, const Json& schema) {
  const Validator validator{schema};
  int files = 0;
  for (const auto& entry : fs::directory_iterator{fs::path{WANDRILL_SOURCE_DIR} / folder}) {
    if (entry.path().extension() != ".yaml") continue;
    INFO(entry.path());
    Mistakes mistakes;
    CHECK(validator.accepts(parse_yaml(read_source(entry.path()), mistakes), schema));
    CHECK(mistakes.empty());
    ++files;
  }
  CHECK(files > 0);
}

}  // namespace

TEST_CASE("The JSON Schema accepts every shipped file") {
  check_folder("scenarios", scenario_schema());
  check_folder("topologies", topology_schema());
  check_folder("topologies/routers", router_schema());
  check_folder("topologies/routers/broken", router_schema());
}

TEST_CASE("The JSON Schema refuses unknown keys and quantities without a unit") {
  const auto schema = scenario_schema();
  const std::string good = "scenario: s\ntopology: t\ntraffic: {}\ntimeline: [{at: 1s}]\n";
  const auto accepts = [&](const std::string& text) {
    Mistakes mistakes;
    return Validator{schema}.accepts(parse_yaml({"s.yaml", text}, mistakes), schema);
  };
  CHECK(accepts(good));
  CHECK_FALSE(accepts(good + "descripton: x\n"));
  CHECK_FALSE(accepts(good + "duration: 30\n"));
  CHECK_FALSE(accepts("scenario: s\n"));
}

TEST_CASE("The JSON Schema has every key of every table, with its documentation") {
  const std::string all =
      scenario_schema().dump() + topology_schema().dump() + router_schema().dump();
  for (const auto* section : all_sections())
    for (const auto& key : section->keys) {
      INFO(section->name << "." << key.key);
      CHECK(all.find(Json(std::string{key.key}).dump() + ":{") != all.npos);
      const auto quoted = Json(std::string{key.documentation}).dump();
      CHECK(all.find(quoted.substr(0, quoted.size() - 1)) != all.npos);
    }
}
