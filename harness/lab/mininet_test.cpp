// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "base/scratch_folder.hpp"
#include "base/testing/catch.hpp"
#include "lab/load_whole.hpp"
#include "lab/network.hpp"
#include "lab/testing/in_cell.hpp"
#include "lab/testing/reach.hpp"
#include "net/link.hpp"
#include "plan/plan_text.hpp"
#include "plan/resolve.hpp"

using namespace wandrill;
using testing::in_cell;
using testing::reaches;
namespace fs = std::filesystem;

namespace {

bool has_mininet() {
  return fs::exists("/usr/lib/python3/dist-packages/mininet/net.py");
}

LoadedScenario with_topology(const std::string& topology) {
  return load_whole("scenarios/failback.yaml", {.data_folder = ".", .topology = topology});
}

/// What is said of a file with this text, below its imports.
std::string said_of(const std::string& text) {
  const ScratchFolder folder{"wandrill-mininet"};
  const auto file = folder.path() / "office.py";
  std::ofstream{file} << "from mininet.node import Node, OVSSwitch\nfrom mininet.topo import Topo\n"
                      << text;
  try {
    (void)with_topology(file.native());
  } catch (const ConfigError& error) {
    return error.what();
  } catch (const MachineError& error) {
    return std::string{"machine: "} + error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A Mininet file is looked at by building it", "[mininet]") {
  if (!has_mininet()) WANDRILL_SKIP("Mininet is not installed");
  const auto built = *with_topology("mininet/branch").topology.built;
  CHECK(built.topo == "branch");
  CHECK(built.nodes.size() == 8);
  REQUIRE(built.node("router") != nullptr);
  CHECK(built.node("router")->forwards);
  CHECK_FALSE(built.node("laptop")->forwards);
  CHECK(built.node("lan")->is_switch);
  const auto* wan = built.node("router")->interface("wan_a");
  REQUIRE(wan != nullptr);
  CHECK(wan->addresses ==
        std::vector{*IpPrefix::parse("100.64.1.2/24"), *IpPrefix::parse("2001:db8:a::2/64")});
}

TEST_CASE("A network that Mininet built has slots in its WANs, and providers that check sources",
          "[mininet]") {
  if (!has_mininet()) WANDRILL_SKIP("Mininet is not installed");
  const auto topology = resolve(with_topology("mininet/branch")).topology;
  const auto seen = in_cell([&] {
    Network network{topology};
    for (auto& slot : network.slots()) {
      create_bridge(slot.node.netlink, "through");
      enslave(slot.node.netlink, Slot::kRouterSide, "through");
      enslave(slot.node.netlink, Slot::kIspSide, "through");
    }
    const auto& laptop = network.node("laptop").ns;
    const auto& router = network.node("router").ns;
    const auto& isp = network.node("isp_a").ns;
    return Json{{"slots", network.slots().size()},
                {"lan", reaches({laptop, router, "192.168.1.10", "192.168.1.1"})},
                {"lan6", reaches({laptop, router, "fd00:1::10", "fd00:1::1"})},
                {"wan", reaches({router, isp, "100.64.1.2", "100.64.1.1"})}};
  });
  CHECK(seen == Json{{"slots", 2}, {"lan", true}, {"lan6", true}, {"wan", true}});
}

TEST_CASE("A plan of a Mininet topology survives being stored", "[mininet]") {
  if (!has_mininet()) WANDRILL_SKIP("Mininet is not installed");
  const auto plan = resolve(with_topology("mininet/branch"));
  REQUIRE(plan.topology.mininet);
  CHECK(Json(plan_from_yaml(plan_as_yaml(plan))) == Json(plan));
}

TEST_CASE("What is wrong with a Mininet file is said with its name", "[mininet]") {
  if (!has_mininet()) WANDRILL_SKIP("Mininet is not installed");
  using Catch::Matchers::Contains;
  CHECK_THAT(said_of("class A(Topo):\n  def build(self):\n    self.nothing()\n"),
             Contains("office.py: it raises AttributeError") && Contains("line 5, in build"));
  CHECK_THAT(said_of("class A(Topo)\n"), Contains("SyntaxError"));
  CHECK_THAT(said_of("x = 1\n"), Contains("there is no topology in it"));
  CHECK_THAT(said_of("class A(Topo): pass\nclass B(Topo): pass\n"),
             Contains("which of its topologies? 'topo' takes A, B"));
  CHECK_THAT(said_of("class A(Topo):\n  def build(self):\n"
                     "    self.addLink(self.addHost('a-very-long-name'), self.addHost('h2'))\n"),
             Contains("'a-very-long-name-eth0'") && Contains("Linux takes 15"));
  CHECK_THAT(said_of("class A(Topo):\n  def build(self):\n    a = self.addHost('a')\n"
                     "    self.addLink(a, self.addHost('b'), intfName1='x')\n"
                     "    self.addLink(a, self.addHost('c'), intfName1='x')\n"),
             Contains("'a' has two interfaces 'x'"));
  CHECK_THAT(
      said_of("import os\nclass A(Topo):\n  def build(self):\n    os.kill(os.getpid(), 9)\n"),
      Contains("machine:") && Contains("signal 9"));
  CHECK_THAT(said_of("class A(Topo):\n  wandrill = {1: object()}\n  def build(self):\n"
                     "    self.addHost('h1')\n"),
             Contains("is no plain dictionary"));
}

TEST_CASE("Hosts with a share of the CPU, and a Python that is not there, are told by name",
          "[mininet]") {
  if (!has_mininet()) WANDRILL_SKIP("Mininet is not installed");
  CHECK_THAT(said_of("from mininet.node import CPULimitedHost\n"
                     "class Office(Topo):\n"
                     "    def build(self):\n"
                     "        self.addHost('h1', cls=CPULimitedHost, cpu=.5)\n"),
             Catch::Matchers::Contains("'h1' is a CPULimitedHost"));
  ::setenv("WANDRILL_PYTHON", "/no/such/python", 1);
  const auto said = said_of("");
  ::unsetenv("WANDRILL_PYTHON");
  CHECK_THAT(said, Catch::Matchers::Contains("machine: /no/such/python does not start: No such "
                                             "file or directory"));
}

TEST_CASE("A file's own switches do not keep it from being looked at", "[mininet]") {
  if (!has_mininet()) WANDRILL_SKIP("Mininet is not installed");
  CHECK(said_of("class A(Topo):\n  def build(self):\n"
                "    self.addLink(self.addSwitch('s1', cls=OVSSwitch), self.addHost('h1'))\n") ==
        "");
}
