// SPDX-License-Identifier: Apache-2.0
#include "verdict/testing/made_up_run.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wandrill::testing {

RunInstant at(double value) {
  return RunInstant{seconds(value)};
}

Nanos seconds(double value) {
  return std::chrono::round<Nanos>(std::chrono::duration<double>{value});
}

MadeUpRun::MadeUpRun() {
  plan.topology.wans = {{.name = "wan_a", .priority = 1}, {.name = "wan_b", .priority = 2}};
  plan.timeline.steps = {
      {.when = AtTime{}, .action = FaultAction{.id = "cut", .label = "cut", .wan = "wan_a"}},
      {.when = AtTime{},
       .action = RestoreAction{.id = "mend", .label = "mend", .faults = {"cut"}}}};
  add_session("call", TrafficKind::kRtp);
  measured.end = at(30);
  set("router.missed_failovers", {.value = 0.0});
}

MadeUpRun& MadeUpRun::expect_at_most(const std::string& metric, double bound) {
  plan.expectations.push_back({.where = {"test.yaml", 7, 3},
                               .text = fmt::format("{} at most {}", metric, bound),
                               .what = MetricExpectation{.metric = metric, .at_most = bound}});
  return *this;
}

MadeUpRun& MadeUpRun::add_session(const std::string& name, TrafficKind kind, Family family) {
  auto& traffic = plan.traffic;
  const auto up = up_flow_of(traffic.sessions.size());
  SessionPlan session{.name = name, .group = name, .kind = kind};
  session.client.address =
      IpAddress::parse(family == Family::kIpv4 ? "192.0.2.1" : "2001:db8::1").value();
  session.up = up;
  session.down = down_flow_of(up);
  traffic.flows.push_back({up, name + ".up", traffic.sessions.size(), Direction::kUp});
  traffic.flows.push_back(
      {session.down, name + ".down", traffic.sessions.size(), Direction::kDown});
  traffic.sessions.push_back(session);
  measured.flows.push_back({.name = name + ".up", .path = {{at(0), "wan_a"}}});
  measured.flows.push_back({.name = name + ".down"});
  return *this;
}

MadeUpRun& MadeUpRun::set(const std::string& metric, Measured value) {
  measured.metrics[metric] = std::move(value);
  return *this;
}

MadeUpRun& MadeUpRun::lose(const std::string& flow, double from, double length, bool open) {
  const auto found = std::ranges::find(measured.flows, flow, &FlowSummary::name);
  found->loss_periods.push_back({.first_missing = at(from),
                                 .last_missing = at(from + length),
                                 .gap = seconds(length),
                                 .lost = 1,
                                 .open = open,
                                 .gap_start = at(from)});
  return *this;
}

MadeUpRun& MadeUpRun::fail_over(double switched) {
  measured.transitions.push_back({.number = 1,
                                  .cause = "cut",
                                  .label = "cut",
                                  .what = "carrier on wan_a",
                                  .from_wan = "wan_a",
                                  .to_wan = "wan_b",
                                  .requested = at(10),
                                  .applied = at(10),
                                  .observed = at(10),
                                  .switched = at(switched),
                                  .first_packet = at(switched)});
  return *this;
}

MadeUpRun& MadeUpRun::miss() {
  measured.transitions.push_back({.number = 1,
                                  .cause = "cut",
                                  .label = "cut",
                                  .what = "carrier on wan_a",
                                  .from_wan = "wan_a",
                                  .requested = at(10),
                                  .applied = at(10),
                                  .observed = at(10),
                                  .missed = true});
  set("router.missed_failovers", {.value = 1.0});
  return *this;
}

}  // namespace wandrill::testing
