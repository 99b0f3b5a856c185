// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "plan/resolve.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

/// A scenario in the home office with this timeline, and whatever follows it in the file.
Plan made(const std::string& timeline, std::uint64_t seed = 1) {
  auto loaded =
      load_scenario(std::string{WANDRILL_SOURCE_DIR} + "/scenarios/live-call-disconnect.yaml");
  Mistakes mistakes;
  loaded.scenario = decode_scenario({"made.yaml",
                                     "scenario: made\ntopology: home_office\ntraffic:\n"
                                     "  call: {kind: rtp, from: desk_phone, to: pbx}\ntimeline:\n" +
                                         timeline},
                                    mistakes);
  mistakes.throw_if_any();
  return resolve(loaded, {.seed = seed});
}

std::string mistake_in(const std::string& timeline) {
  try {
    made(timeline);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no mistake";
}

const std::string kRandom =
    "  - random: {times: 50, gap: 1s, gap_up_to: 2s, lasting: 200ms, lasting_up_to: 900ms, "
    "faults: [{fault: carrier, on: wan_a}, {fault: loss, loss: 30%, on: wan_b}]}\n";

Nanos wait_of(const StepPlan& step) {
  return std::get<AfterPrevious>(step.when).wait;
}

}  // namespace

TEST_CASE("A random schedule keeps its bounds, and restores each fault before the next") {
  const auto steps = made(kRandom).timeline.steps;
  REQUIRE(steps.size() == 100);
  int on_a = 0;
  for (std::size_t i = 0; i < steps.size(); i += 2) {
    const auto& fault = std::get<FaultAction>(steps[i].action);
    on_a += fault.wan == "wan_a" ? 1 : 0;
    CHECK(std::get<RestoreAction>(steps[i + 1].action).faults ==
          std::vector<std::string>{fault.id});
    CHECK(wait_of(steps[i]) >= 1s);
    CHECK(wait_of(steps[i]) < 2s);
    CHECK(wait_of(steps[i + 1]) >= 200ms);
    CHECK(wait_of(steps[i + 1]) < 900ms);
  }
  CHECK(on_a > 10);
  CHECK(on_a < 40);
}

TEST_CASE("The same seed draws the same schedule, another one another") {
  const auto first_wait = [](std::uint64_t seed) {
    return wait_of(made(kRandom, seed).timeline.steps.at(0));
  };
  CHECK(first_wait(7) == first_wait(7));
  CHECK(first_wait(7) != first_wait(8));
}

TEST_CASE("A step after an event has no phase jitter of its own, and a deadline") {
  const auto plan = made(
      "  - {at: 1s, fault: carrier, on: wan_a, as: cut}\n"
      "  - {after: failover + 200ms, fault: blackhole, on: wan_b}\n"
      "  - {after: cut, deadline: 4s, restore: all}\n");
  const auto& second = std::get<AfterEvent>(plan.timeline.steps.at(1).when);
  CHECK(second.event == "failover");
  CHECK(second.offset == 200ms);
  CHECK(second.deadline == 30s);
  CHECK(std::get<AfterEvent>(plan.timeline.steps.at(2).when).deadline == 4s);
}

TEST_CASE("A command has a deadline, but not that of a waiting in its step") {
  const auto plan = made(
      "  - {at: 1s, fault: carrier, on: wan_a, as: cut}\n"
      "  - {command: failover}\n"
      "  - {wait: 1s, command: failback, deadline: 90s}\n"
      "  - {wait_until: {egress: wan_b}, deadline: 4s, command: failover, as: late}\n");
  const auto deadline_of = [&](std::size_t step) {
    return std::get<CommandAction>(plan.timeline.steps.at(step).action).deadline;
  };
  CHECK(deadline_of(1) == 30s);
  CHECK(deadline_of(2) == 90s);
  CHECK(deadline_of(3) == 30s);
  CHECK(mistake_in("  - {at: 1s, command: failover, deadline: 0s}\n") ==
        "made.yaml:6:43: no command ends within 0s");
}

TEST_CASE("Events that there are not are told with the nearest one") {
  CHECK(
      mistake_in("  - {after: failovr + 1s}\n") ==
      "made.yaml:6:13: there is no event and no step 'failovr' (did you mean 'failover'?); events "
      "are failover, failback, wan_down, wan_up, switch");
  CHECK(mistake_in("  - {after: failover + soon}\n") ==
        "made.yaml:6:13: what follows the '+' is no duration; write it like 'failover + 200ms'");
  CHECK(mistake_in("  - {at: 1s, fault: carrier, on: wan_a, as: failover}\n") ==
        "made.yaml:6:45: 'failover' cannot be a label: it has a meaning of its own");
  CHECK(mistake_in("  - {after: failover}\n  - {at: 9s}\n") ==
        "made.yaml:7:10: after a 'wait_until' or an 'after' the time is not known beforehand: use "
        "'wait:' instead of 'at:'");
}

TEST_CASE("Random schedules with impossible bounds are refused, all mistakes at once") {
  CHECK(mistake_in("  - random: {times: 0, gap: 2s, gap_up_to: 1s, lasting: 0s, faults: "
                   "[{restore: all}, {at: 1s, fault: carrier, on: wan_a}]}\n") ==
        "made.yaml:6:21: 'times' must be from 1 to 1000\n"
        "made.yaml:6:44: 'gap_up_to' must be at least 'gap', which is 2s\n"
        "made.yaml:6:57: 'lasting' must be more than 0\n"
        "made.yaml:6:70: each of the 'faults' of a random schedule is a fault\n"
        "made.yaml:6:86: the schedule draws the time of its faults; they take no time");
}

TEST_CASE("Only a fault with a value can grow, and a rate only from one that the line has") {
  CHECK(mistake_in("  - {at: 1s, fault: carrier, on: wan_a, over: 3s}\n") ==
        "made.yaml:6:47: 'over' belongs to 'fault: loss', 'fault: delay', 'fault: jitter', 'fault: "
        "rate' or 'fault: brownout'");
  const auto plan = made("  - {at: 1s, fault: rate, rate: 1Mbit/s, on: wan_a, over: 3s}\n");
  CHECK(std::get<FaultAction>(plan.timeline.steps.at(0).action).ramp == 3s);
}

TEST_CASE("An abort condition is one thing, and silence takes time") {
  const std::string kStep = "  - {at: 1s}\nabort:\n";
  CHECK(made(kStep + "  - {silent: call, for: 5s}\n").timeline.aborts.size() == 1);
  CHECK(mistake_in(kStep + "  - {silent: call}\n") ==
        "made.yaml:8:14: 'silent' needs 'for', how long nothing may arrive");
  CHECK(mistake_in(kStep + "  - {silent: cal, for: 1s}\n") ==
        "made.yaml:8:14: there is no session or flow 'cal' (did you mean 'call'?)");
  CHECK(mistake_in(kStep + "  - {for: 1s}\n") ==
        "made.yaml:8:5: an abort condition is one of 'silent', 'egress' and 'log'");
}
