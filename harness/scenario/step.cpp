// SPDX-License-Identifier: Apache-2.0
#include "scenario/decode_parts.hpp"

namespace wandrill {
namespace {

BurstSpec decode_burst(const YamlNode& node) {
  const Fields fields{node};
  return {.place = node.place,
          .enter = fields.percent("enter"),
          .leave = fields.percent("leave"),
          .loss_in_burst = fields.percent("loss_in_burst"),
          .loss_between = fields.percent("loss_between")};
}

FilterSpec decode_filter(const YamlNode& node) {
  const Fields fields{node};
  return {.place = node.place,
          .family = fields.text("family"),
          .protocol = fields.text("protocol"),
          .port = fields.text("port"),
          .source_port = fields.text("source_port"),
          .destination_port = fields.text("destination_port"),
          .dscp = fields.text("dscp"),
          .min_size = fields.size("min_size"),
          .max_size = fields.size("max_size")};
}

StepSpec decode_step(const YamlNode& node) {
  const Fields fields{node};
  StepSpec step{
      .place = node.place,
      .at = fields.duration("at"),
      .wait = fields.duration("wait"),
      .after = fields.text("after"),
      .deadline = fields.duration("deadline"),
      .fault = fields.text("fault"),
      .on = fields.text("on"),
      .as = fields.text("as"),
      .direction = fields.text("direction"),
      .loss = fields.percent("loss"),
      .correlation = fields.percent("correlation"),
      .reorder = fields.percent("reorder"),
      .duplicate = fields.percent("duplicate"),
      .corrupt = fields.percent("corrupt"),
      .delay = fields.duration("delay"),
      .jitter = fields.duration("jitter"),
      .rate = fields.rate("rate"),
      .queue = fields.size("queue"),
      .of = fields.text("of"),
      .period = fields.duration("period"),
      .duty = fields.percent("duty"),
      .count = fields.count("count"),
      .over = fields.duration("over"),
      .mode = fields.text("mode"),
      .mtu = fields.size("mtu"),
      .too_big = fields.yes_no("too_big"),
      .process = fields.text("process"),
      .run = fields.texts("run"),
      .undo = fields.texts("undo"),
      .addresses = fields.addresses("address"),
      .failover = fields.text("failover"),
      .restore = fields.text("restore"),
      .command = fields.text("command"),
  };
  if (const auto* condition = fields.section("wait_until"))
    step.wait_until = decode_condition(*condition);
  if (const auto* burst = fields.section("burst")) step.burst = decode_burst(*burst);
  if (const auto* filter = fields.section("filter")) step.filter = decode_filter(*filter);
  if (const auto* repeat = fields.section("repeat")) {
    step.is_repeat = true;
    step.times = Fields{*repeat}.count("times");
    step.steps = decode_steps(Fields{*repeat}.sections("steps"));
  }
  if (const auto* random = fields.section("random")) {
    const Fields inner{*random};
    step.is_random = true;
    step.times = inner.count("times");
    step.gap = inner.duration("gap");
    step.gap_up_to = inner.duration("gap_up_to");
    step.lasting = inner.duration("lasting");
    step.lasting_up_to = inner.duration("lasting_up_to");
    step.steps = decode_steps(inner.sections("faults"));
  }
  return step;
}

}  // namespace

std::vector<StepSpec> decode_steps(const std::vector<const YamlNode*>& nodes) {
  std::vector<StepSpec> steps;
  for (const auto* node : nodes)
    steps.push_back(decode_step(*node));
  return steps;
}

}  // namespace wandrill
