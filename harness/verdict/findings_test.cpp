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
  run.measured.fates = {{.session = "desktop", .fate = "hung"},
                        {.session = "crm", .fate = "reset"}};
  CHECK(titles(run) == Titles{"TCP sessions hang", "TCP sessions do not survive a switch"});
}

}  // namespace wandrill
