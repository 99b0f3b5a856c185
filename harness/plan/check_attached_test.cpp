// SPDX-License-Identifier: Apache-2.0
#include "plan/check_attached.hpp"

#include "base/testing/catch.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/testing/text_of.hpp"
#include "scenario/mininet.hpp"

using namespace wandrill;
using testing::text_of;

namespace {

std::string said_of_fault(const std::string& word, FaultKind kind,
                          FaultKind flap_of = FaultKind::kBlackhole) {
  Mistakes mistakes;
  StepSpec step;
  step.fault = {word, {"drill.yaml", 7, 12}};
  check_attached_fault(step, {.kind = kind, .flap_of = flap_of}, mistakes);
  return text_of(mistakes);
}

Json node(const char* name, bool is_switch, bool forwards, const std::vector<std::string>& ports) {
  Json interfaces = Json::array();
  for (const auto& port : ports)
    interfaces.push_back({{"name", port}, {"addresses", Json::array()}});
  return {{"name", name},
          {"class", "Node"},
          {"is_switch", is_switch},
          {"forwards", forwards},
          {"interfaces", interfaces}};
}

Json link(const char* a, const char* a_port, const char* b, const char* b_port) {
  const auto end = [](const char* at, const char* port) {
    return Json{{"node", at}, {"interface", port}, {"tc", Json::object()}};
  };
  return {{"class", "Link"}, {"a", end(a, a_port)}, {"b", end(b, b_port)}};
}

/// h1 – r0 – isp1, and a second line of r0's to a switch.
std::pair<TopologyPlan, std::string> attached(const std::string& attach) {
  Mistakes mistakes;
  Topology topology{.place = {"--attach"}, .name = {"standing", {"--attach"}}};
  topology.mininet = decode_attach(attach, {}, mistakes);
  topology.built = network_from(
      {{"topo", "A standing network"},
       {"roles", Json::object()},
       {"nodes",
        {node("h1", false, false, {"h1-eth0"}),
         node("r0", false, true, {"r0-eth0", "r0-eth1", "r0-eth2"}),
         node("isp1", false, true, {"isp1-eth0"}), node("s1", true, false, {"s1-eth1"})}},
       {"links",
        {link("h1", "h1-eth0", "r0", "r0-eth0"), link("r0", "r0-eth1", "isp1", "isp1-eth0"),
         link("r0", "r0-eth2", "s1", "s1-eth1")}}});
  auto plan = resolve_topology(topology, mistakes);
  return {plan, text_of(mistakes)};
}

}  // namespace

TEST_CASE("A network that stands is planned as one that Mininet builds", "[attach]") {
  const auto [plan, mistakes] = attached("mininet:pid=42,router=r0");
  REQUIRE(mistakes.empty());
  CHECK(plan.is_attached());
  CHECK(plan.mininet->script == 42);
  REQUIRE(plan.wans.size() == 1);
  CHECK(plan.wans[0].isp.interface == "isp1-eth0");
  // Its provider is left as it is.
  CHECK(plan.node("isp1")->allowed_sources.empty());
}

TEST_CASE("A WAN whose far end is in the machine's own namespace is refused", "[attach]") {
  CHECK(
      attached("mininet:router=r0,lte=r0-eth2").second ==
      "--attach: WAN 'lte' leads to 's1' in this machine's own network namespace: link the router "
      "to a provider with one of its own");
}

TEST_CASE("In a network that is not ours faults are what slots can do", "[attach]") {
  CHECK(said_of_fault("blackhole", FaultKind::kBlackhole).empty());
  CHECK(said_of_fault("flap", FaultKind::kFlap).empty());
  CHECK(said_of_fault("carrier", FaultKind::kCarrier) ==
        "drill.yaml:7:12: 'carrier' takes an interface down, and this network's are not ours: with "
        "--attach, use 'blackhole'");
  CHECK(said_of_fault("flap", FaultKind::kFlap, FaultKind::kFarEnd) ==
        "drill.yaml:7:12: 'far_end' takes an interface down, and this network's are not ours: with "
        "--attach, use 'blackhole'");
  CHECK(said_of_fault("nat_rebind", FaultKind::kNatRebind) ==
        "drill.yaml:7:12: 'fault: nat_rebind' changes a node, and this network is not ours: with "
        "--attach, faults are those of links");
}

TEST_CASE("In a network that is not ours no session runs a program", "[attach]") {
  SessionSpec spec;
  spec.kind = {"wireguard", {"drill.yaml", 3, 9}};
  Mistakes mistakes;
  check_attached_session(spec, TrafficKind::kProbe, mistakes);
  CHECK(mistakes.empty());
  check_attached_session(spec, TrafficKind::kWireguard, mistakes);
  CHECK(
      text_of(mistakes) ==
      "drill.yaml:3:9: a session of kind wireguard runs programs in nodes, and this network's are "
      "not ours: with --attach, sessions are those of wandrill itself");
}
