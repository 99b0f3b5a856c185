// SPDX-License-Identifier: Apache-2.0
#include "verdict/findings.hpp"

#include "base/testing/catch.hpp"
#include "verdict/testing/made_up_run.hpp"

namespace wandrill {
namespace {

using testing::at;
using testing::MadeUpRun;

std::vector<std::string> titles(const MadeUpRun& run) {
  std::vector<std::string> result;
  for (const auto& finding : find_faults_of_the_router(run.plan, run.measured)) {
    CHECK_FALSE(finding.evidence.empty());
    CHECK_FALSE(finding.advice.empty());
    result.push_back(finding.title);
  }
  return result;
}

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("A good failover leaves nothing to find") {
  CHECK(titles(MadeUpRun{}.fail_over(10.5).lose("call.up", 10, 0.5)).empty());
}

TEST_CASE("A missed failover is found, with advice for its fault") {
  auto run = MadeUpRun{}.miss();
  const auto found = find_faults_of_the_router(run.plan, run.measured);
  REQUIRE(found.size() == 1);
  CHECK(found[0].bucket == Finding::Bucket::kImmediateFix);
  CHECK(found[0].title == "The router never left wan_a");
  CHECK(found[0].evidence ==
        "wan_a lost its link at 10.0 s (carrier on wan_a), and traffic kept leaving by it.");
  std::get<FaultAction>(run.plan.timeline.steps[0].action).kind = FaultKind::kBlackhole;
  CHECK(find_faults_of_the_router(run.plan, run.measured)[0].advice.find("beyond the ISP") !=
        std::string::npos);
}

TEST_CASE("A session that stays on the dead WAN while others move is found") {
  MadeUpRun run;
  run.add_session("camera", TrafficKind::kProbe).fail_over(10.5);
  run.lose("call.up", 10, 0.5).lose("camera.up", 10, 10);
  CHECK(titles(run) == Titles{"Sessions stayed on the dead wan_a"});
}

TEST_CASE("A session that moves and stays dark is told apart from one that does not move") {
  MadeUpRun run;
  run.add_session("camera", TrafficKind::kProbe).fail_over(10.5);
  run.lose("call.up", 10, 0.5).lose("camera.up", 10, 10);
  run.measured.flows[2].path.emplace_back(at(10.6), "wan_b");
  CHECK(titles(run) == Titles{"Sessions did not survive the new address"});
}

TEST_CASE("IPv6 that does not follow IPv4 is found") {
  MadeUpRun run;
  run.add_session("call6", TrafficKind::kRtp, Family::kIpv6).fail_over(10.5);
  run.lose("call.up", 10, 0.5).lose("call6.up", 10, 10).lose("call6.down", 10, 10);
  CHECK(titles(run) == Titles{"IPv6 did not follow to the other WAN"});
}

TEST_CASE("Slow detection is found when it is most of the outage") {
  auto run = MadeUpRun{}.fail_over(15);
  run.measured.transitions[0].declared = at(14.5);
  CHECK(titles(run) == Titles{"Detection is most of the outage"});
  run.measured.transitions[0].declared = at(11.5);
  CHECK(titles(run).empty());
  run.measured.transitions[0].declared = at(16.5);  // told after the switch
  CHECK(titles(run).empty());
}

TEST_CASE("Packets with the other WAN's address are found") {
  auto run = MadeUpRun{}.fail_over(10.5);
  run.measured.flows[0].foreign_sources = {{at(10.5), at(12), "wan_b", "wan_a", 75}};
  CHECK(titles(run) == Titles{"Packets leave by wan_b with wan_a's address"});
}

TEST_CASE("A router that switches without need, or too often, is found") {
  auto run = MadeUpRun{}.fail_over(10.5);
  for (int extra = 0; extra < 2; ++extra)
    run.fail_over(11 + extra);
  CHECK(titles(run) == Titles{"The router switches too often"});
  run.measured.transitions[2].cause.clear();
  CHECK(titles(run) == Titles{"The router left a WAN that was good enough"});
}

TEST_CASE("Hung and broken TCP sessions are found") {
  auto run = MadeUpRun{}.fail_over(10.5);
  run.measured.fates = {
      {.session = "desktop", .fate = "never_recovered", .at = at(10)},
      {.session = "wiki", .fate = "hung", .at = at(10.5), .until = at(23), .detail = ""},
      {.session = "crm", .fate = "reset"}};
  CHECK(titles(run) == Titles{"TCP sessions hang", "TCP sessions do not survive a switch"});
  CHECK(find_faults_of_the_router(run.plan, run.measured)[0].evidence ==
        "desktop (from 10.0 s on) had no answer any more until the end of the run; wiki (from 10.5 "
        "s to 23.0 s) hung, and went on.");
}

TEST_CASE("A call that was silent for long, or bad all through, is found") {
  MadeUpRun run;
  run.measured.metrics["call.up.mos"] = {.value = 4.2, .unit = MetricUnit::kScore};
  run.measured.metrics["call.up.mos_worst_window"] = {
      .value = 1.9, .unit = MetricUnit::kScore, .note = "from 10.0 s to 18.0 s"};
  auto& silence = run.measured.metrics["call.up.longest_interruption"];
  silence = {.value = 3.0, .unit = MetricUnit::kSeconds, .note = "severe, at 12.0 s"};
  const auto found = find_faults_of_the_router(run.plan, run.measured);
  REQUIRE(found.size() == 1);
  CHECK(found[0].title == "People hear the switch");
  CHECK(found[0].evidence ==
        "call.up has MOS 1.90 from 10.0 s to 18.0 s; it was silent for up to 3.00 s (severe, at "
        "12.0 s).");
  silence.value = 12.0;
  CHECK(titles(run) == Titles{"People hang up"});
  silence.tester_share = 11.5;
  CHECK(titles(run).empty());
  run.measured.metrics["call.up.mos"].value = 3.1;
  CHECK(titles(run) == Titles{"People hear the switch"});
}

TEST_CASE("Names that are not found for long are found, with whom they were asked of") {
  auto run = MadeUpRun{}.fail_over(10.5);
  run.add_session("lookups", TrafficKind::kDns);
  run.measured.fates.push_back({.session = "lookups", .fate = "stalled", .at = at(10)});
  run.measured.metrics["lookups.longest_stall"] = {.value = 8.0, .unit = MetricUnit::kSeconds};
  const auto found = find_faults_of_the_router(run.plan, run.measured);
  REQUIRE(found.size() == 1);
  CHECK(found[0].title == "No names are found after the switch");
  CHECK(found[0].evidence == "lookups (from 10.0 s on) had no answer for 8.00 s.");
  run.measured.metrics["lookups.longest_stall"].value = 2.0;
  CHECK(titles(run).empty());
}

TEST_CASE("A resolver that the timeline broke is not the router's fault") {
  MadeUpRun run;
  run.add_session("lookups", TrafficKind::kDns);
  const auto address = IpAddress::parse("203.0.113.53").value();
  run.plan.traffic.sessions.back().server.address = address;
  run.plan.topology.servers = {{"dns", "internet", {address}}};
  FaultAction deaf{.id = "deaf", .label = "deaf", .kind = FaultKind::kMonitorTarget};
  deaf.lab.server = "dns";
  run.plan.timeline.steps = {{.when = AtTime{}, .action = deaf}};
  run.measured.instants = {{"deaf", "deaf", at(12)}};
  run.measured.metrics["lookups.longest_stall"] = {
      .value = 8.0, .unit = MetricUnit::kSeconds, .when = TimeSpan{at(12), at(20)}};
  CHECK(titles(run).empty());
  // A silence that begins long after is another's.
  run.measured.metrics["lookups.longest_stall"].when = TimeSpan{at(15), at(23)};
  CHECK(titles(run) == Titles{"No names are found"});
}

TEST_CASE("What passes on one WAN and not on another is found once for its sender") {
  auto run = MadeUpRun{}.fail_over(10.5);
  run.add_session("policy.visitor-web.udp", TrafficKind::kMatrix);
  run.add_session("policy.visitor-web.tcp", TrafficKind::kMatrix);
  for (auto& session : run.plan.traffic.sessions)
    session.client.node = "visitor";
  const MatrixInterval before{
      .wan = "wan_a", .span = {at(1), at(10)}, .attempts = 40, .left = 40, .arrived = 40};
  MatrixInterval after{.wan = "wan_b", .span = {at(10.5), at(20)}, .attempts = 42};
  run.measured.matrix = {{"policy.visitor-web.udp", {before, after}},
                         {"policy.visitor-web.tcp", {before, after}}};
  auto found = find_faults_of_the_router(run.plan, run.measured);
  REQUIRE(found.size() == 1);
  CHECK(found[0].bucket == Finding::Bucket::kImmediateFix);
  CHECK(found[0].title == "Visitor reaches less on wan_b than on wan_a");
  CHECK(found[0].evidence ==
        "policy.visitor-web.udp, policy.visitor-web.tcp: of policy.visitor-web.udp arrived 40 "
        "of 40 on wan_a (1.0 s to 10.0 s), 0 of 42 on wan_b (10.5 s to 20.0 s).");
  CHECK(found[0].advice.find("Give wan_b's port the rules") == 0);

  // Packets that leave and do not arrive have passed the rules: it is their source.
  for (auto& cell : run.measured.matrix)
    cell.stays[1].left = 42;
  found = find_faults_of_the_router(run.plan, run.measured);
  CHECK(found[0].advice.find("give them its address") != std::string::npos);

  for (auto& cell : run.measured.matrix)
    std::swap(cell.stays[0].arrived, cell.stays[1].arrived);
  CHECK(titles(run) == Titles{"Visitor reaches more on wan_b than on wan_a"});
  for (auto& cell : run.measured.matrix)
    cell.stays[1].wan = "wan_a";
  CHECK(titles(run) == Titles{"Visitor reaches more on wan_a than before the switch"});
}

TEST_CASE("Traffic by a WAN that is not for it is found with its packet") {
  auto run = MadeUpRun{}.fail_over(10.5);
  run.measured.barred = {
      {.host = "visitor", .wan = "wan_b", .packets = 7, .first = at(11), .packet = "UDP a > b"}};
  const auto found = find_faults_of_the_router(run.plan, run.measured);
  REQUIRE(found.size() == 1);
  CHECK(found[0].title == "Visitor goes by wan_b, which is not for it");
  CHECK(found[0].evidence == "7 packets left by it, the first at 11.0 s: UDP a > b.");
}

TEST_CASE("A leak is found with its packet, and told by when it leaks") {
  MadeUpRun run;
  run.add_session("leaks", TrafficKind::kForbidden);
  run.measured.leaks.push_back({.session = "leaks",
                                .attempts = 50,
                                .arrived = 7,
                                .first = at(11),
                                .last = at(12),
                                .wan = "wan_b",
                                .packet = "UDP 10.0.30.10:20000 > 10.0.10.10:10000, 64 bytes"});
  const auto found = find_faults_of_the_router(run.plan, run.measured);
  REQUIRE(found.size() == 1);
  CHECK(found[0].bucket == Finding::Bucket::kImmediateFix);
  CHECK(found[0].evidence ==
        "7 of 50 packets of leaks arrived, the first at 11.0 s, while traffic left by wan_b: UDP "
        "10.0.30.10:20000 > 10.0.10.10:10000, 64 bytes.");
  CHECK(found[0].advice.find("must not reload") != std::string::npos);
  run.measured.leaks[0].wan = run.plan.topology.wans.front().name;
  CHECK(find_faults_of_the_router(run.plan, run.measured)[0].advice.find("must not reload") ==
        std::string::npos);
}

TEST_CASE("One sender's leaks are one finding, and no difference beside it") {
  MadeUpRun run;
  for (const char* name : {"leaks.udp", "leaks.tcp", "policy"})
    run.add_session(
        name, std::string_view{name} == "policy" ? TrafficKind::kMatrix : TrafficKind::kForbidden);
  for (auto& session : run.plan.traffic.sessions) {
    session.client.node = "visitor";
    session.server.node = "laptop";
  }
  for (const auto& [name, first] : {std::pair{"leaks.udp", 12.0}, {"leaks.tcp", 11.0}})
    run.measured.leaks.push_back({.session = name,
                                  .attempts = 50,
                                  .arrived = 7,
                                  .first = at(first),
                                  .last = at(13),
                                  .wan = "wan_b",
                                  .packet = "a packet"});
  const MatrixInterval closed{.wan = "wan_a", .span = {at(1), at(10)}, .attempts = 40};
  const MatrixInterval open{
      .wan = "wan_b", .span = {at(10), at(20)}, .attempts = 40, .arrived = 40};
  run.measured.matrix = {{"policy", {closed, open}}};
  const auto found = find_faults_of_the_router(run.plan, run.measured);
  REQUIRE(found.size() == 1);
  CHECK(found[0].title == "What policy forbids reached laptop from visitor");
  CHECK(found[0].evidence ==
        "7 of 50 packets of leaks.tcp arrived, the first at 11.0 s, while traffic left by wan_b: a "
        "packet. One more of its pairs leaks.");
  // Another server at the same node is another pair.
  run.plan.traffic.sessions.back().server.address = *IpAddress::parse("203.0.113.20");
  CHECK(titles(run) == Titles{"What policy forbids reached laptop from visitor",
                              "Visitor reaches more on wan_b than on wan_a"});
  run.measured.leaks.clear();
  CHECK(titles(run) == Titles{"Visitor reaches more on wan_b than on wan_a"});
}

TEST_CASE("What no WAN could carry is not the router's fault") {
  auto run = MadeUpRun{}.fail_over(10.5);
  run.add_session("lookups", TrafficKind::kDns);
  run.measured.metrics["lookups.longest_stall"] = {
      .value = 8.0, .unit = MetricUnit::kSeconds, .when = TimeSpan{at(12), at(20)}};
  run.measured.metrics["call.up.mos"] = {.value = 2.0, .unit = MetricUnit::kScore};
  run.measured.metrics["call.up.mos_worst_window"] = {.value = 1.0, .unit = MetricUnit::kScore};
  run.measured.metrics["call.up.longest_interruption"] = {
      .value = 8.0, .unit = MetricUnit::kSeconds, .when = TimeSpan{at(12), at(20)}};
  run.add_session("web", TrafficKind::kHttp);
  run.measured.fates.push_back({.session = "web", .fate = "hung", .at = at(12), .until = at(24)});
  CHECK(titles(run).size() == 3);
  run.measured.without_wan = {{at(12), at(19.5)}};
  CHECK(titles(run).empty());
  // The router was slow to come back, too.
  run.measured.without_wan = {{at(12), at(16)}};
  CHECK(titles(run).size() == 3);
}

}  // namespace wandrill
