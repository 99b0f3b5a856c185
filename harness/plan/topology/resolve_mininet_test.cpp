// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/resolve_mininet.hpp"

#include <algorithm>

#include "base/testing/catch.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/testing/text_of.hpp"
#include "scenario/mininet.hpp"

using namespace wandrill;
using testing::text_of;
using namespace std::chrono_literals;

namespace {

Json interface(const char* name, std::vector<std::string> addresses) {
  return {{"name", name}, {"addresses", std::move(addresses)}};
}

Json node(const char* name, bool forwards, std::vector<Json> interfaces) {
  return {{"name", name},
          {"class", "Node"},
          {"is_switch", false},
          {"forwards", forwards},
          {"interfaces", std::move(interfaces)}};
}

Json end(const char* node, const char* interface, Json tc = Json::object()) {
  return {{"node", node}, {"interface", interface}, {"tc", std::move(tc)}};
}

Json link(Json a, Json b) {
  return {{"class", "TCLink"}, {"a", std::move(a)}, {"b", std::move(b)}};
}

/// h1 – s1 – r0 – (isp1, isp2) – s2 – server
Json small_office() {
  Json s1 = node("s1", false, {interface("s1-eth1", {}), interface("s1-eth2", {})});
  Json s2 = node("s2", false,
                 {interface("s2-eth1", {}), interface("s2-eth2", {}), interface("s2-eth3", {})});
  s1["is_switch"] = s2["is_switch"] = true;
  return {{"topo", "Small"},
          {"roles", Json::object()},
          {"nodes",
           {node("h1", false, {interface("h1-eth0", {"10.0.0.2/24", "fd00::2/64"})}),
            node("r0", true,
                 {interface("r0-eth0", {"10.0.0.1/24"}), interface("r0-eth1", {"192.0.2.2/30"}),
                  interface("r0-eth2", {"192.0.2.6/30", "192.0.2.7/30"})}),
            node("isp1", true,
                 {interface("isp1-eth0", {"192.0.2.1/30"}),
                  interface("isp1-eth1", {"203.0.113.1/24"})}),
            node("isp2", true,
                 {interface("isp2-eth0", {"192.0.2.5/30"}),
                  interface("isp2-eth1", {"203.0.113.2/24"})}),
            node("server", false, {interface("server-eth0", {"203.0.113.10/24"})}), s1, s2}},
          {"links",
           {link(end("h1", "h1-eth0", {{"delay", "1ms"}}), end("s1", "s1-eth1")),
            link(end("s1", "s1-eth2"), end("r0", "r0-eth0")),
            link(end("r0", "r0-eth1", {{"bw", 10}, {"delay", "5ms"}, {"max_queue_size", 20}}),
                 end("isp1", "isp1-eth0", {{"bw", 100}, {"loss", 1}, {"jitter", "300"}})),
            link(end("isp2", "isp2-eth0"), end("r0", "r0-eth2")),
            link(end("isp1", "isp1-eth1"), end("s2", "s2-eth1")),
            link(end("isp2", "isp2-eth1"), end("s2", "s2-eth2")),
            link(end("server", "server-eth0"), end("s2", "s2-eth3"))}}};
}

struct Resolved {
  TopologyPlan plan;
  std::string mistakes;
};

Resolved resolved(const Json& built, const std::string& roles = "{mininet: office.py}") {
  Mistakes mistakes;
  auto scenario = decode_scenario(
      {"drill.yaml", "scenario: x\ntopology: " + roles + "\ntraffic: {}\ntimeline: [{at: 1s}]\n"},
      mistakes);
  mistakes.throw_if_any();
  Topology topology{.place = {"office.py"}, .name = {"office", {"office.py"}}};
  topology.mininet = scenario.mininet;
  topology.built = network_from(built);
  Resolved result{.plan = resolve_topology(topology, mistakes), .mistakes = {}};
  result.mistakes = text_of(mistakes);
  return result;
}

}  // namespace

TEST_CASE(
    "The node between the hosts and the providers is the router, its links to them the WANs") {
  const auto [plan, mistakes] = resolved(small_office());
  REQUIRE(mistakes.empty());
  CHECK(plan.router().name == "r0");
  REQUIRE(plan.wans.size() == 2);
  CHECK(plan.wans[0].name == "r0-eth1");
  CHECK(plan.wans[0].isp.node == "isp1");
  CHECK(plan.wans[1].router.interface == "r0-eth2");
  CHECK(plan.wans[1].isp.interface == "isp2-eth0");
  CHECK(plan.node("isp1")->kind == NodeKind::kIsp);
  CHECK(plan.node("server")->kind == NodeKind::kHost);
  CHECK(plan.node("s1")->kind == NodeKind::kSwitch);
  // One address of each IP version has a part.
  CHECK(plan.wans[1].router.addresses == std::vector{*IpPrefix::parse("192.0.2.6/30")});
  CHECK(plan.node("isp1")->allowed_sources == std::vector{*IpPrefix::parse("192.0.2.0/30")});
}

TEST_CASE("What TCLink is told becomes each direction's impairment, on WANs and on other links") {
  const auto [plan, mistakes] = resolved(small_office());
  REQUIRE(mistakes.empty());
  const auto& fibre = plan.wans[0];
  CHECK(fibre.up ==
        Impairment{.delay = 5ms, .rate = BitsPerSecond{10'000'000}, .queue = Bytes{20 * 1514}});
  CHECK(fibre.down ==
        Impairment{.loss = Percent{1}, .jitter = 300us, .rate = BitsPerSecond{100'000'000}});
  CHECK(plan.wans[1].up == Impairment{});
  REQUIRE(plan.mininet);
  REQUIRE(plan.mininet->lines.size() == 1);
  CHECK(plan.mininet->lines[0].a.node == "h1");
  CHECK(plan.mininet->lines[0].to_b.delay == 1ms);
  CHECK(plan.mininet->lines[0].to_a == Impairment{});
}

TEST_CASE("Nodes are servers under their own names, and under those that are given") {
  const auto [plan, mistakes] =
      resolved(small_office(),
               "{mininet: office.py, servers: {isp_dns: {node: isp2, addresses: [203.0.113.2]}}}");
  REQUIRE(mistakes.empty());
  const auto address = [&servers = plan.servers](const char* name) {
    const auto found = std::ranges::find(servers, name, &ServerPlan::name);
    return found == servers.end() || found->addresses.empty() ? "none"
                                                              : to_string(found->addresses.front());
  };
  CHECK(address("server") == "203.0.113.10");
  CHECK(address("h1") == "10.0.0.2");
  CHECK(address("isp_dns") == "203.0.113.2");
  CHECK(address("isp1") == "192.0.2.1");
  CHECK(address("r0") == "none");
}

TEST_CASE("Roles in the file count, and those in the scenario more") {
  auto built = small_office();
  built["roles"] = {{"wans",
                     {{"fibre", {{"interface", "r0-eth1"}, {"priority", 2}}},
                      {"lte", {{"interface", "r0-eth2"}, {"priority", 1}}}}}};
  const auto from_file = resolved(built);
  REQUIRE(from_file.mistakes.empty());
  CHECK(from_file.plan.wans.front().name == "lte");
  const auto [plan, mistakes] =
      resolved(built,
               "{mininet: office.py, inside: [r0-eth2], wans: {dsl: {interface: r0-eth1, "
               "sources: [10.0.0.0/24]}}}");
  REQUIRE(mistakes.empty());
  REQUIRE(plan.wans.size() == 1);
  CHECK(plan.wans.front().name == "dsl");
  CHECK(plan.node("isp1")->allowed_sources == std::vector{*IpPrefix::parse("10.0.0.0/24")});
}

/// h1 – core – r0 – (isp1, isp2) – s2 – server
Json office_with_core() {
  auto built = small_office();
  built["nodes"].push_back(
      node("core", true,
           {interface("core-eth0", {"10.0.0.1/24"}), interface("core-eth1", {"10.1.0.1/30"})}));
  built["links"][0] = link(end("h1", "h1-eth0"), end("core", "core-eth0"));
  built["links"][1] = link(end("core", "core-eth1"), end("r0", "r0-eth0"));
  return built;
}

TEST_CASE("A core between hosts and router is no WAN") {
  const auto [plan, mistakes] = resolved(office_with_core());
  REQUIRE(mistakes.empty());
  CHECK(plan.router().name == "r0");
  REQUIRE(plan.wans.size() == 2);
  CHECK(plan.wans[0].name == "r0-eth1");
  CHECK(plan.node("core")->kind == NodeKind::kInternet);
}

TEST_CASE("Where a core and one provider could be either, the plan asks") {
  auto built = office_with_core();
  built["links"].erase(3);  // to isp2
  CHECK_THAT(resolved(built, "{mininet: office.py, router: r0}").mistakes,
             Catch::Matchers::Contains("which links of 'r0' lead out?") &&
                 Catch::Matchers::Contains("r0-eth0 (to core), r0-eth1 (to isp1)"));
  const auto [plan, mistakes] =
      resolved(built, "{mininet: office.py, router: r0, inside: [r0-eth0]}");
  REQUIRE(mistakes.empty());
  REQUIRE(plan.wans.size() == 1);
  CHECK(plan.wans[0].name == "r0-eth1");
}

TEST_CASE("A way out that is no WAN is refused, for no tap would see it") {
  CHECK_THAT(
      resolved(small_office(), "{mininet: office.py, wans: {dsl: {interface: r0-eth1}}}").mistakes,
      Catch::Matchers::Contains("r0-eth2 of 'r0' (to isp2) leads out, too, to where WAN "
                                "'dsl' leads"));
  CHECK(resolved(small_office(),
                 "{mininet: office.py, inside: [r0-eth2], wans: {dsl: {interface: r0-eth1}}}")
            .mistakes.empty());
  CHECK_THAT(resolved(small_office(), "{mininet: office.py, inside: [r0-eth9]}").mistakes,
             Catch::Matchers::Contains("'r0' has no link at an interface 'r0-eth9'"));
}

TEST_CASE("A ring of switches is refused: frames would circle") {
  auto built = small_office();
  Json s3 = node("s3", false, {interface("s3-eth1", {}), interface("s3-eth2", {})});
  s3["is_switch"] = true;
  built["nodes"].push_back(s3);
  for (const auto* port : {"s2-eth4", "s2-eth5"})
    built["nodes"][6]["interfaces"].push_back(interface(port, {}));
  built["links"].push_back(link(end("s2", "s2-eth4"), end("s3", "s3-eth1")));
  CHECK(resolved(built).mistakes.empty());
  built["links"].push_back(link(end("s3", "s3-eth2"), end("s2", "s2-eth5")));
  CHECK_THAT(resolved(built).mistakes,
             Catch::Matchers::Contains("the link between s3 and s2 closes a ring of switches"));
}

TEST_CASE("A router in the switches' network, and an interface that was renamed, are told") {
  auto built = small_office();
  built["nodes"][1]["shares_network"] = true;
  CHECK_THAT(resolved(built).mistakes,
             Catch::Matchers::Contains("'r0' has no network of its own (inNamespace=False)"));
  auto renamed = small_office();
  renamed["nodes"][1]["interfaces"][1]["name"] = "fibre";
  CHECK_THAT(resolved(renamed).mistakes,
             Catch::Matchers::Contains("'r0' has no interface 'r0-eth1' any more"));
}

TEST_CASE("What cannot be told from the network is asked for") {
  const auto mistakes_of = [](const Json& built, const std::string& roles) {
    return resolved(built, roles).mistakes;
  };
  CHECK(mistakes_of(small_office(), "{mininet: office.py, router: r9}") ==
        "drill.yaml:2:40: there is no node 'r9' (did you mean 'r0'?)");
  CHECK_THAT(mistakes_of(small_office(), "{mininet: office.py, wans: {a: {interface: r0-eth3}}}"),
             Catch::Matchers::Contains("'r0' has no link at an interface 'r0-eth3'"));
  auto nobody = small_office();
  for (auto& one : nobody["nodes"])
    one["forwards"] = false;
  CHECK_THAT(mistakes_of(nobody, "{mininet: office.py}"),
             Catch::Matchers::Contains("no node of it forwards"));
  CHECK_THAT(mistakes_of(nobody, "{mininet: office.py, router: r0}"),
             Catch::Matchers::Contains("no link of 'r0' leads to a node that forwards"));
  auto two = small_office();
  two["links"].push_back(link(end("isp2", "isp2-eth2"), end("isp1", "isp1-eth2")));
  two["nodes"][2]["interfaces"].push_back(interface("isp1-eth2", {}));
  two["nodes"][3]["interfaces"].push_back(interface("isp2-eth2", {}));
  CHECK_THAT(mistakes_of(two, "{mininet: office.py}"),
             Catch::Matchers::Contains("which node is under test? 'router' takes r0, isp1, isp2"));
  CHECK_THAT(mistakes_of(small_office(),
                         "{mininet: office.py, servers: {web: {node: server, "
                         "addresses: [203.0.113.11]}}}"),
             Catch::Matchers::Contains("'server' has no address 203.0.113.11"));
  CHECK_THAT(
      mistakes_of(small_office(), "{mininet: office.py, services: {d: {kind: dhcp, on: r0-eth1}}}"),
      Catch::Matchers::Contains("there is no dhcp service"));
}

TEST_CASE("WANs come in the order of the router's ports, whatever Mininet sorts its links by") {
  auto built = small_office();
  built["links"][2]["a"]["port"] = 2;
  built["links"][3]["b"]["port"] = 1;
  const auto [plan, mistakes] = resolved(built);
  REQUIRE(mistakes.empty());
  CHECK(plan.wans.front().name == "r0-eth2");
}

TEST_CASE("A provider behind a switch could not check sources, and one line is one WAN") {
  auto built = small_office();
  Json between = node("s3", false, {interface("s3-eth1", {}), interface("s3-eth2", {})});
  between["is_switch"] = true;
  built["nodes"].push_back(between);
  built["links"][2] = link(end("r0", "r0-eth1"), end("s3", "s3-eth1"));
  built["links"].push_back(link(end("isp1", "isp1-eth0"), end("s3", "s3-eth2")));
  CHECK_THAT(
      resolved(built, "{mininet: office.py, router: r0, wans: {a: {interface: r0-eth1}}}").mistakes,
      Catch::Matchers::Contains("its provider 'isp1' is behind"));
  CHECK_THAT(resolved(small_office(),
                      "{mininet: office.py, wans: {a: {interface: r0-eth1}, b: "
                      "{interface: r0-eth1}}}")
                 .mistakes,
             Catch::Matchers::Contains("two WANs have the interface 'r0-eth1'"));
}

TEST_CASE("A parameter that no engine has is no link's silent loss") {
  auto built = small_office();
  built["links"][2]["a"]["tc"] = {{"bw", 10}, {"enable_red", true}};
  CHECK_THAT(resolved(built).mistakes,
             Catch::Matchers::Contains("r0-eth1 of r0: enable_red: wandrill's links have "
                                       "nothing like it"));
  built["links"][2]["a"]["tc"] = {{"delay", "soon"}};
  CHECK_THAT(resolved(built).mistakes,
             Catch::Matchers::Contains("delay='soon': it is no time, such as '10ms'"));
  built["links"][2]["a"]["tc"] = {{"loss", 101}};
  CHECK_THAT(resolved(built).mistakes, Catch::Matchers::Contains("it is from 0 to 100"));
  built["links"][2]["a"]["tc"] = {{"loss", "2%"}};
  CHECK_THAT(resolved(built).mistakes, Catch::Matchers::Contains("loss=\"2%\": it takes a number"));
}

TEST_CASE("Mistakes in the file's own roles name the file") {
  auto built = small_office();
  built["roles"] = {{"ruoter", "r0"}};
  CHECK_THAT(resolved(built).mistakes, Catch::Matchers::Contains("office.py") &&
                                           Catch::Matchers::Contains("unknown key 'ruoter'") &&
                                           Catch::Matchers::Contains("did you mean 'router'?"));
  built["roles"] = 7;
  CHECK_FALSE(resolved(built).mistakes.empty());
}

TEST_CASE("Times are read as tc(8) reads them") {
  CHECK(parse_tc_time("10ms") == 10ms);
  CHECK(parse_tc_time("1.5s") == 1500ms);
  CHECK(parse_tc_time("250") == 250us);
  CHECK(parse_tc_time("3usec") == 3us);
  CHECK(parse_tc_time("2secs") == 2s);
  CHECK_FALSE(parse_tc_time("").has_value());
  CHECK_FALSE(parse_tc_time("-1ms").has_value());
  CHECK_FALSE(parse_tc_time("1 ms").has_value());
  CHECK_FALSE(parse_tc_time("nan").has_value());
  CHECK_FALSE(parse_tc_time("1e300s").has_value());
}
