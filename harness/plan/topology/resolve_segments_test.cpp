// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/resolve_segments.hpp"

#include <algorithm>

#include "base/testing/catch.hpp"
#include "plan/resolve.hpp"

using namespace wandrill;

namespace {

LoadedScenario office() {
  return load_scenario(std::string{WANDRILL_SOURCE_DIR} + "/scenarios/segmented-failover.yaml");
}

LoadedScenario untagged_office() {
  auto loaded = office();
  for (auto& segment : loaded.topology.segments)
    segment.vlan.reset();
  return loaded;
}

/// "router lan - lan router"
std::vector<std::string> cables_of(const TopologyPlan& topology, std::string_view node) {
  std::vector<std::string> cables;
  for (const auto& [a, b] : topology.cables)
    if (a.node == node || b.node == node)
      cables.push_back(fmt::format("{} {} - {} {}", a.node, a.interface, b.node, b.interface));
  return cables;
}

}  // namespace

TEST_CASE("Tagged segments share a trunk between the router and one switch") {
  const auto topology = resolve(office()).topology;
  CHECK(topology.has_vlans());
  CHECK(topology.node("lan")->kind == NodeKind::kSwitch);
  CHECK(cables_of(topology, "lan") ==
        std::vector<std::string>{"router lan - lan router", "laptop eth0 - lan laptop",
                                 "desk_phone eth0 - lan desk_phone", "visitor eth0 - lan visitor",
                                 "camera eth0 - lan camera"});
  // The trunk itself has no addresses: those are on its tagged ports.
  CHECK(std::ranges::none_of(topology.cables, [](const CablePlan& cable) {
    return cable.a.node == "router" && !cable.a.addresses.empty();
  }));
  REQUIRE(topology.segment("voice") != nullptr);
  CHECK(topology.segment("voice")->vlan == 20);
  CHECK(topology.segment("voice")->interface == "lan.20");
}

TEST_CASE("A segment without a VLAN has a switch and a port of the router, both of its name") {
  const auto topology = resolve(untagged_office()).topology;
  CHECK_FALSE(topology.has_vlans());
  CHECK(topology.node("lan") == nullptr);
  CHECK(cables_of(topology, "voice") ==
        std::vector<std::string>{"router voice - voice router",
                                 "desk_phone eth0 - voice desk_phone"});
  CHECK(topology.segment("voice")->interface == "voice");
  const auto& port = topology.cables.at(1).a;
  CHECK(port.interface == "voice");
  REQUIRE(port.addresses.size() == 2);
  CHECK(to_string(port.addresses[0]) == "10.0.20.1/24");
}

TEST_CASE("A host in a segment has the network's length and the gateways as its default routes") {
  for (const auto& plan : {resolve(office()), resolve(untagged_office())}) {
    const auto& topology = plan.topology;
    const auto& phone = *topology.node("desk_phone");
    CHECK(phone.segment == "voice");
    REQUIRE(phone.routes.size() == 2);
    CHECK(to_string(phone.routes[0].via) == "10.0.20.1");
    CHECK(to_string(phone.routes[1].destination) == "::/0");
    const auto cable = std::ranges::find(topology.cables, "desk_phone",
                                         [](const CablePlan& one) { return one.a.node; });
    REQUIRE(cable != topology.cables.end());
    CHECK(to_string(cable->a.addresses.at(1)) == "fd00:0:0:20::10/64");
    CHECK(to_string(plan.traffic.sessions.at(0).client.address) == "10.0.20.10");
  }
}

TEST_CASE("A router profile is told of every segment, or of none") {
  const auto config_of = [](const Plan& plan) { return plan.router.files.front().content; };
  CHECK_THAT(config_of(resolve(office())),
             Catch::Contains("\"segments\": \"corporate=lan.10 voice=lan.20 guest=lan.30 "
                             "cameras=lan.40\", \"isolation\": \"on\""));
  CHECK_THAT(config_of(resolve(untagged_office())),
             Catch::Contains("corporate=corporate voice=voice guest=guest"));
  const auto home = load_scenario(std::string{WANDRILL_SOURCE_DIR} + "/scenarios/failback.yaml");
  CHECK_THAT(config_of(resolve(home)), Catch::Contains("\"segments\": \"\""));
}

TEST_CASE("A router profile can name a segment's interface, addresses and networks") {
  auto loaded = office();
  loaded.router.nft = Placed<std::string>{
      "${guest.interface} ${guest.gateway4} ${guest.gateway6} ${guest.network4} ${guest.network6}",
      {}};
  CHECK(resolve(loaded).router.nft ==
        "lan.30 10.0.30.1 fd00:0:0:30::1 10.0.30.0/24 fd00:0:0:30::/64");
}
