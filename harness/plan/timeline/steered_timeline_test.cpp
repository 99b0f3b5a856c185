// SPDX-License-Identifier: Apache-2.0
#include "plan/timeline/steered_timeline.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

SteeredTimeline steered(const ResolveOptions& options = {}) {
  return {load_scenario(std::string{WANDRILL_SOURCE_DIR} + "/scenarios/failback.yaml"), options};
}

std::string refusal(SteeredTimeline& timeline, const std::string& text) {
  const auto before = Json(timeline.plan());
  try {
    (void)timeline.add(text);
  } catch (const ConfigError& error) {
    CHECK(Json(timeline.plan()) == before);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A steered timeline begins empty, without what its scenario expects") {
  const auto timeline = steered();
  CHECK(timeline.plan().steered);
  CHECK(timeline.plan().timeline.steps.empty());
  CHECK(timeline.plan().expectations.empty());
  CHECK(timeline.plan().traffic.sessions.size() == 2);
}

TEST_CASE("Steps are told in YAML or JSON, and keep the time at which they came") {
  auto timeline = steered();
  const auto& fault = std::get<FaultAction>(
      timeline.add(R"({"fault": "blackhole", "on": "wan_a", "as": "cut"})").action);
  CHECK(fault.id == "cut");
  CHECK(fault.duty == FailoverDuty::kRequired);
  timeline.came_at(1500ms);
  const auto& restore = std::get<RestoreAction>(timeline.add("restore: cut").action);
  CHECK(restore.faults == std::vector<std::string>{"cut"});
  timeline.came_at(4s);
  // Without a name of its own a fault can come again.
  for (const auto* id : {"carrier wan_a", "carrier wan_a#2"}) {
    CHECK(std::get<FaultAction>(timeline.add("{fault: carrier, on: wan_a}").action).id == id);
    (void)timeline.add("restore: all");
  }
  REQUIRE(timeline.plan().timeline.steps.size() == 6);
  CHECK(std::get<AtTime>(timeline.plan().timeline.steps[0].when).at == 1500ms);
  CHECK(std::get<AtTime>(timeline.plan().timeline.steps[1].when).at == 4s);
}

TEST_CASE("A told label can be used again once its fault is restored") {
  auto timeline = steered();
  (void)timeline.add("{fault: blackhole, on: wan_a, as: cut}");
  CHECK_THAT(refusal(timeline, "{fault: blackhole, on: wan_b, as: cut}"),
             Catch::Matchers::Contains("a fault 'cut' is still in force"));
  (void)timeline.add("restore: cut");
  const auto id =
      std::get<FaultAction>(timeline.add("{fault: blackhole, on: wan_b, as: cut}").action).id;
  CHECK(id == "cut#2");
  CHECK(std::get<RestoreAction>(timeline.add("restore: cut").action).faults == std::vector{id});
}

TEST_CASE("A step that cannot be is refused, and nothing has changed") {
  auto timeline = steered();
  using Catch::Matchers::Contains;
  CHECK_THAT(refusal(timeline, "fault: lost"), Contains("did you mean 'loss'?"));
  CHECK_THAT(refusal(timeline, "restore: cut"), Contains("there is no fault 'cut' to restore"));
  CHECK_THAT(refusal(timeline, "{at: 1s, fault: carrier, on: wan_a}"), Contains("comes at once"));
  CHECK_THAT(refusal(timeline, "{repeat: {times: 2, steps: [{wait: 1s}]}}"),
             Contains("a 'fault', a 'restore' or a 'command'"));
  CHECK_THAT(refusal(timeline, "[1, 2]"), Contains("a map of keys"));
  CHECK_FALSE(refusal(timeline, "{").empty());
  CHECK_FALSE(refusal(timeline, "").empty());
  // A filter is a stage of the link that has to be there from the beginning.
  CHECK_THAT(refusal(timeline, "{fault: blackhole, on: wan_a, filter: {protocol: udp}}"),
             Contains("this lab was built without"));
  (void)timeline.add("{fault: blackhole, on: wan_a, as: cut}");
  CHECK_THAT(refusal(timeline, "{fault: carrier, on: wan_a}"), Contains("still in force"));
}

TEST_CASE("A fault that was in force for a moment asks for no failover, unless it says so") {
  const auto duties = [](Nanos restored, const std::string& failover) {
    auto timeline = steered();
    (void)timeline.add("{fault: blackhole, on: wan_a, as: cut" + failover + "}");
    timeline.came_at(1s);
    (void)timeline.add("restore: cut");
    timeline.came_at(restored);
    (void)timeline.add("{fault: carrier, on: wan_a, as: last}");
    timeline.came_at(30s);
    timeline.ended_at(31s);
    const auto& steps = timeline.plan().timeline.steps;
    return std::vector{std::get<FaultAction>(steps[0].action).duty,
                       std::get<FaultAction>(steps[2].action).duty};
  };
  using enum FailoverDuty;
  CHECK(duties(12s, "") == std::vector{kRequired, kEither});
  CHECK(duties(2s, "") == std::vector{kEither, kEither});
  CHECK(duties(2s, ", failover: required") == std::vector{kRequired, kEither});
}

TEST_CASE("A step survives the way to the cell") {
  auto timeline = steered();
  const auto& step = timeline.add("{fault: loss, loss: 3%, direction: up, on: wan_b}");
  CHECK(Json(Json(step).get<StepPlan>()) == Json(step));
}
