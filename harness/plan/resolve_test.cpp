// SPDX-License-Identifier: Apache-2.0
#include "plan/resolve.hpp"

#include "base/testing/catch.hpp"
#include "plan/plan_text.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

const std::string kSource = std::string{WANDRILL_SOURCE_DIR} + "/";

Plan shipped(const std::string& name, const ResolveOptions& options = {}) {
  return resolve(load_scenario(kSource + "scenarios/" + name + ".yaml"), options);
}

/// A scenario in the home office, from the texts of its traffic and its timeline.
Plan made(const std::string& traffic, const std::string& timeline, const std::string& more = {}) {
  auto loaded = load_scenario(kSource + "scenarios/failback.yaml");
  Mistakes mistakes;
  loaded.scenario =
      decode_scenario({"made.yaml", "scenario: made\ntopology: home_office\ntraffic:\n" + traffic +
                                        "timeline:\n" + timeline + more},
                      mistakes);
  mistakes.throw_if_any();
  return resolve(loaded);
}

const std::string kCall = "  call: {kind: rtp, from: desk_phone, to: pbx}\n";

const FaultAction& fault_of(const StepPlan& step) {
  return std::get<FaultAction>(step.action);
}

}  // namespace

TEST_CASE("The same seed gives the same plan, byte for byte") {
  for (const char* name : {"live-call-disconnect", "flapping", "ten-cycles", "both-down"})
    CHECK(plan_as_yaml(shipped(name, {.seed = 42})) == plan_as_yaml(shipped(name, {.seed = 42})));
}

TEST_CASE("Another seed gives other instants, and a trial has a seed of its own") {
  const auto at = [](const Plan& plan) { return std::get<AtTime>(plan.timeline.steps[0].when).at; };
  const auto one = shipped("live-call-disconnect", {.seed = 1});
  const auto two = shipped("live-call-disconnect", {.seed = 2});
  const auto second = shipped("live-call-disconnect", {.seed = 1, .trial = 2});
  CHECK(at(one) != at(two));
  CHECK(at(one) != at(second));
  CHECK(second.seed != one.seed);
  for (const auto& plan : {one, two, second}) {
    CHECK(at(plan) >= 1s);
    CHECK(at(plan) < 2s);
  }
}

TEST_CASE("Phase jitter moves a fault; what follows keeps its distance") {
  const auto plan = shipped("live-call-disconnect");
  const auto at = [&](std::size_t i) { return std::get<AtTime>(plan.timeline.steps[i].when).at; };
  CHECK(at(1) - at(0) == 5s);
  CHECK(at(2) - at(1) >= 6s);
  CHECK(at(2) - at(1) < 7s);
  CHECK(at(3) - at(2) == 6s);
  CHECK(at(4) - at(3) == 6s);
}

TEST_CASE("Without phase jitter the times are those that were written") {
  const auto plan = made(kCall, "  - at: 3s\n    fault: carrier\n    on: wan_a\n",
                         "phase_jitter: 0s\nduration: 5s\n");
  CHECK(std::get<AtTime>(plan.timeline.steps.at(0).when).at == 3s);
  CHECK(plan.timeline.duration == 5s);
}

TEST_CASE("Calls are sessions of one group, spread over their interval") {
  const auto plan =
      made("  call: {kind: rtp, from: desk_phone, to: pbx, calls: 4}\n", "  - at: 1s\n");
  const auto& sessions = plan.traffic.sessions;
  REQUIRE(sessions.size() == 4);
  CHECK(sessions[2].name == "call.3");
  CHECK(sessions[2].group == "call");
  CHECK(sessions[2].phase == 10ms);
  CHECK(plan.traffic.flows.at(sessions[2].down).name == "call.3.down");
  CHECK(sessions[0].client.port != sessions[1].client.port);
  CHECK(sessions[0].payload_bytes == 172);
  CHECK(sessions[0].dscp == 46);
}

TEST_CASE("Metrics of many calls have long names, and are found all the same") {
  const auto plan =
      made("  a_rather_long_name_of_calls: {kind: rtp, from: desk_phone, to: pbx, calls: 12}\n",
           "  - at: 1s\n",
           "expect: [{metric: a_rather_long_name_of_calls.12.down.longest_gap, at_most: 2s}]\n");
  CHECK(plan.expectations.at(0).text ==
        "a_rather_long_name_of_calls.12.down.longest_gap at most 2s");
}

TEST_CASE("A far end that is like a program has its rules, and what is written beside wins") {
  const auto sip = [](const std::string& keys) {
    return *made("  phone: {kind: sip, from: desk_phone, to: pbx, " + keys + "}\n",
                 "  - at: 1s\n    fault: carrier\n    on: wan_a\n")
                .traffic.sessions.at(0)
                .of<SipPlan>();
  };
  const auto plain = sip("peer: latching");
  CHECK(plain.learn_after == 4);
  CHECK(plain.learn_for == 0s);
  CHECK_FALSE(plain.hears_strangers);
  const auto asterisk = sip("like: asterisk");
  CHECK(asterisk.learn_after == 4);
  CHECK(asterisk.learn_for == 5s);
  const auto freeswitch = sip("like: freeswitch");
  CHECK(freeswitch.learn_after == 10);
  CHECK(freeswitch.learn_for == 400ms);
  const auto rtpengine = sip("like: rtpengine, learn_for: 60s");
  CHECK(rtpengine.learn_after == 1);
  CHECK(rtpengine.learn_for == 60s);
  CHECK(rtpengine.hears_strangers);
  CHECK_THROWS_WITH(sip("peer: strict, like: asterisk"),
                    Catch::Matchers::Contains("'like' belongs to 'peer: latching'"));
}

TEST_CASE("A phone's registrations and patience follow from what is written") {
  const auto plan = made(
      "  phone: {kind: sip, from: desk_phone, to: pbx, register_every: 1500ms, rtp_timeout: 4s}\n",
      "  - at: 1s\n    fault: carrier\n    on: wan_a\n");
  const auto& sip = *plan.traffic.sessions.at(0).of<SipPlan>();
  CHECK(sip.expires == 3s);
  CHECK(sip.far_end_rtp_timeout == 4s);
}

TEST_CASE("A repeat numbers its faults and restores") {
  const auto plan = shipped("ten-cycles");
  const auto& steps = plan.timeline.steps;
  REQUIRE(steps.size() == 51);
  CHECK(fault_of(steps[1]).id == "cut");
  CHECK(fault_of(steps[46]).id == "cut#10");
  CHECK(fault_of(steps[46]).label == "cut");
  CHECK(std::get<RestoreAction>(steps[48].action).faults == std::vector<std::string>{"cut#10"});
  CHECK(steps[46].cycle == 10);
}

TEST_CASE("Only a fault that kills the best usable WAN demands a failover") {
  const auto duty = [](const std::string& step) {
    return fault_of(made(kCall, "  - {at: 1s, " + step + "}\n").timeline.steps.at(0)).duty;
  };
  CHECK(duty("fault: carrier, on: wan_a") == FailoverDuty::kRequired);
  CHECK(duty("fault: loss, on: wan_a, loss: 100%") == FailoverDuty::kRequired);
  CHECK(duty("fault: loss, on: wan_a, loss: 50%") == FailoverDuty::kEither);
  CHECK(duty("fault: blackhole, on: wan_a, direction: up") == FailoverDuty::kEither);
  CHECK(duty("fault: carrier, on: wan_b") == FailoverDuty::kEither);
  CHECK(duty("fault: flap, on: wan_a, period: 2s, count: 3") == FailoverDuty::kEither);
  CHECK(duty("fault: carrier, on: wan_a, failover: forbidden") == FailoverDuty::kForbidden);
}

TEST_CASE("A fault on both WANs leaves the second one without duty") {
  const auto plan = shipped("both-down");
  std::vector<FailoverDuty> duties;
  for (const auto& step : plan.timeline.steps)
    if (const auto* fault = std::get_if<FaultAction>(&step.action)) duties.push_back(fault->duty);
  CHECK(duties == std::vector<FailoverDuty>{FailoverDuty::kRequired, FailoverDuty::kEither});
}

TEST_CASE("The edges of a flap keep their order whatever the jitter") {
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    const auto plan = shipped("flapping", {.seed = seed});
    const auto& edges = fault_of(plan.timeline.steps.at(0)).edges;
    REQUIRE(edges.size() == 16);
    CHECK(edges.front().offset == 0s);
    for (std::size_t i = 1; i < edges.size(); ++i) {
      CHECK(edges[i].offset > edges[i - 1].offset);
      CHECK(edges[i].down != edges[i - 1].down);
    }
  }
}

TEST_CASE("Placeholders of a router profile are filled from parameters and topology") {
  const auto plan = shipped("failback");
  REQUIRE_FALSE(plan.router.files.empty());
  const auto& config = plan.router.files.front().content;
  CHECK(config.find("${") == config.npos);
  CHECK(config.find("100.64.1.1") != config.npos);
  CHECK(plan.router.processes.at(0).command.at(1) == "/run/wandrill/router/refrouter.json");
}

TEST_CASE("An ISP forwards only its own customers") {
  const auto plan = shipped("failback");
  const auto& allowed = plan.topology.node("isp_a")->allowed_sources;
  REQUIRE(allowed.size() == 2);
  CHECK(to_string(allowed[0]) == "100.64.1.0/24");
  CHECK(plan.topology.node("router")->routes.empty());
  CHECK(plan.topology.node("laptop")->routes.size() == 2);
}

TEST_CASE("A WAN with a preset is a typical line; what its directions name wins") {
  auto loaded = load_scenario(kSource + "scenarios/failback.yaml");
  auto& wan = loaded.topology.wans.at(0);
  wan.preset = Placed<std::string>{"lte", wan.name.place};
  wan.up = {.rate = Placed<BitsPerSecond>{{5'000'000}, wan.name.place}};
  wan.down = {};
  const auto plan = resolve(loaded);
  const auto& line = *plan.topology.wan(wan.name.value);
  CHECK(line.up.rate == BitsPerSecond{5'000'000});
  CHECK(line.up.delay == 25ms);
  CHECK(line.down.rate == BitsPerSecond{30'000'000});
  CHECK(line.down.jitter == 8ms);
  CHECK(line.down.loss == Percent{0.1});
}

TEST_CASE(
    "A fault that leaves the WANs as they are forbids a failover; a new gateway asks for one") {
  const auto duty = [](const std::string& step) {
    return fault_of(made(kCall, "  - {at: 1s, " + step + "}\n").timeline.steps.at(0)).duty;
  };
  CHECK(duty("fault: monitor_target, on: dns") == FailoverDuty::kForbidden);
  CHECK(duty("fault: nat_rebind, on: wan_a") == FailoverDuty::kForbidden);
  CHECK(duty("fault: arp, on: wan_a, mode: new_mac") == FailoverDuty::kRequired);
  CHECK(duty("fault: arp, on: wan_a") == FailoverDuty::kEither);
  CHECK(duty("fault: mtu, on: wan_a, mtu: 1400B") == FailoverDuty::kEither);
  CHECK(duty("fault: kill") == FailoverDuty::kEither);
}
