// SPDX-License-Identifier: Apache-2.0
#include "scenario/scenario.hpp"

#include "scenario/decode_parts.hpp"
#include "scenario/mininet.hpp"
#include "scenario/sections.hpp"
#include "scenario/values.hpp"

namespace wandrill {
namespace {

ExpectationSpec decode_expectation(const YamlNode& node) {
  const Fields fields{node};
  return {
      .condition = decode_condition(node),
      .metric = fields.text("metric"),
      .during = fields.text("during"),
      .at_most = fields.text("at_most"),
      .at_least = fields.text("at_least"),
      .equals = fields.text("equals"),
      .after = fields.text("after"),
      .within = fields.duration("within"),
      .lasting = fields.duration("for"),
      .session = fields.text("session"),
      .fate = fields.texts("fate"),
  };
}

}  // namespace

ConditionSpec decode_condition(const YamlNode& node) {
  const Fields fields{node};
  return {
      .place = node.place,
      .egress = fields.text("egress"),
      .flowing = fields.text("flowing"),
      .log = fields.text("log"),
      .alert = fields.text("alert"),
      .by = fields.text("by"),
      .silent = fields.text("silent"),
  };
}

Scenario decode_scenario(const Source& source, Mistakes& mistakes) {
  const auto before = mistakes.size();
  const YamlNode root = parse_yaml(source, mistakes);
  if (root.kind == YamlNode::Kind::kNull && mistakes.size() > before) return {};
  check_section(root, scenario_section(), mistakes);
  const Fields fields{root};
  Scenario scenario{
      .place = root.place,
      .name = or_empty(fields.text("scenario"), root.place),
      .description = or_empty(fields.text("description"), root.place).value,
      .topology = or_empty(fields.text("topology"), root.place),
      .router = fields.text("router").value_or(Placed<std::string>{"reference", root.place}),
      .engine = fields.text("engine"),
      .seed = fields.count("seed"),
      .trials = fields.count("trials"),
      .optional = or_empty(fields.yes_no("optional"), root.place).value,
      .phase_jitter = fields.duration("phase_jitter"),
      .duration = fields.duration("duration"),
      .sustained_for = fields.duration("sustained_for"),
      .timeline = decode_steps(fields.sections("timeline")),
  };
  if (const auto* topology = fields.section("topology"))
    scenario.mininet = decode_mininet(*topology);
  if (const auto* steady = fields.section("steady")) {
    scenario.steady_for = Fields{*steady}.duration("for");
    scenario.steady_within = Fields{*steady}.duration("within");
    scenario.failback_within = Fields{*steady}.duration("failback_within");
  }
  for (const auto* entry : fields.entries("traffic"))
    if (entry->value.kind == YamlNode::Kind::kMap)
      scenario.traffic.push_back(decode_session(*entry));
  for (const auto* node : fields.sections("abort"))
    scenario.aborts.push_back({decode_condition(*node), Fields{*node}.duration("for")});
  for (const auto* node : fields.sections("expect"))
    scenario.expectations.push_back(decode_expectation(*node));
  return scenario;
}

}  // namespace wandrill
