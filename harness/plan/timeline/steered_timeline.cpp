// SPDX-License-Identifier: Apache-2.0
#include "plan/timeline/steered_timeline.hpp"

#include <algorithm>
#include <utility>

#include "scenario/decode_parts.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {

constexpr const char* kSource = "step";

LoadedScenario without_timeline(LoadedScenario loaded) {
  auto& scenario = loaded.scenario;
  scenario.is_steered = true;
  scenario.timeline.clear();
  scenario.aborts.clear();
  scenario.expectations.clear();
  scenario.duration.reset();
  // A step comes when it is told.
  scenario.phase_jitter = Placed<Nanos>{Nanos{0}, scenario.place};
  return loaded;
}

StepSpec decoded(const std::string& text) {
  Mistakes mistakes;
  const YamlNode node = parse_yaml({kSource, text}, mistakes);
  if (mistakes.empty()) check_section(node, step_section(), mistakes);
  mistakes.throw_if_any();
  auto step = decode_steps({&node}).front();
  if (step.at || step.wait || step.wait_until || step.after)
    mistakes.add(node.place,
                 "a step that is told comes at once: it has no 'at', 'wait', "
                 "'wait_until' or 'after'");
  if (step.is_repeat || step.is_random || (!step.fault && !step.restore && !step.command))
    mistakes.add(node.place, "a step that is told is a 'fault', a 'restore' or a 'command'");
  mistakes.throw_if_any();
  return step;
}

Nanos time_of(const StepPlan& step) {
  const auto* at = std::get_if<AtTime>(&step.when);
  return at == nullptr ? Nanos{0} : at->at;
}

bool need_same_lab(const Plan& a, const Plan& b) {
  return a.engine == b.engine && Json(a).at("topology") == Json(b).at("topology");
}

}  // namespace

SteeredTimeline::SteeredTimeline(LoadedScenario loaded, const ResolveOptions& options)
    : loaded_{without_timeline(std::move(loaded))},
      options_{options},
      plan_(resolve(loaded_, options_)) {}

const StepPlan& SteeredTimeline::add(const std::string& text) {
  auto& told = loaded_.scenario.timeline;
  told.push_back(decoded(text));
  try {
    auto grown = resolve(loaded_, options_);
    if (!need_same_lab(grown, plan_))
      throw ConfigError{{{told.back().place,
                          "this lab was built without what such a step needs (a "
                          "filter's stage, a server, the wire engine): put it "
                          "into a scenario's timeline"}}};
    plan_.timeline.steps.push_back(std::move(grown.timeline.steps.back()));
  } catch (const ConfigError&) {
    told.pop_back();
    throw;
  }
  return plan_.timeline.steps.back();
}

void SteeredTimeline::ended_at(Nanos since_start) {
  auto& steps = plan_.timeline.steps;
  for (auto step = steps.begin(); step != steps.end(); ++step) {
    auto* fault = std::get_if<FaultAction>(&step->action);
    // Told steps and those of the plan are one to one; what a step says of failover holds.
    const auto& told = loaded_.scenario.timeline.at(static_cast<std::size_t>(step - steps.begin()));
    if (fault == nullptr || told.failover || fault->duty != FailoverDuty::kRequired) continue;
    const auto restored = std::find_if(step, steps.end(), [&](const StepPlan& later) {
      const auto* restore = std::get_if<RestoreAction>(&later.action);
      return restore != nullptr &&
             std::ranges::find(restore->faults, fault->id) != restore->faults.end();
    });
    const auto until = restored == steps.end() ? since_start : time_of(*restored);
    if (until - time_of(*step) < kShortestDuty) fault->duty = FailoverDuty::kEither;
  }
}

void SteeredTimeline::came_at(Nanos since_start) {
  plan_.timeline.steps.back().when = AtTime{since_start};
}

}  // namespace wandrill
