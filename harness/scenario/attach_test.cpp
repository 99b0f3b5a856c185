// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "scenario/mininet.hpp"

using namespace wandrill;

namespace {

MininetSpec attach(const std::string& text, const std::optional<MininetSpec>& scenario = {}) {
  Mistakes mistakes;
  auto spec = decode_attach(text, scenario, mistakes);
  mistakes.throw_if_any();
  return spec;
}

std::string refusal(const std::string& text) {
  try {
    (void)attach(text);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A network that stands needs no more than its kind", "[attach]") {
  const auto spec = attach("mininet");
  CHECK(spec.attached);
  CHECK_FALSE(spec.script);
  CHECK_FALSE(spec.roles.router);
}

TEST_CASE("Parts of a standing network's nodes are words", "[attach]") {
  const auto spec = attach("mininet:pid=4711,router=r0,fibre=r0-eth1,lte=r0-eth2");
  CHECK(spec.script == 4711);
  CHECK(spec.roles.router->value == "r0");
  REQUIRE(spec.roles.wans.size() == 2);
  CHECK(spec.roles.wans[0].name.value == "fibre");
  CHECK(spec.roles.wans[0].interface->value == "r0-eth1");
  CHECK(spec.roles.wans[1].name.value == "lte");
}

TEST_CASE("Parts of a standing network's nodes can be the map of a topology", "[attach]") {
  const auto spec = attach(
      R"(mininet:{"router": "r0", "pid": 12, "servers": {"web": {"node": "h9", "addresses": ["10.0.0.9"]}}})");
  CHECK(spec.script == 12);
  REQUIRE(spec.roles.servers.size() == 1);
  CHECK(spec.roles.servers[0].name.value == "web");
}

TEST_CASE("What --attach does not say is as in the scenario", "[attach]") {
  MininetSpec scenario;
  scenario.roles.router = {"r7", {}};
  scenario.roles.wans.push_back({.name = {"dsl", {}}});
  const auto spec = attach("mininet:fibre=r7-eth1", scenario);
  CHECK(spec.roles.router->value == "r7");
  REQUIRE(spec.roles.wans.size() == 1);
  CHECK(spec.roles.wans[0].name.value == "fibre");
}

TEST_CASE("What --attach cannot be is said in a sentence", "[attach]") {
  const std::string form =
      "--attach: takes mininet, or mininet:router=NODE,NAME=INTERFACE,… with the router's WANs, "
      "the "
      "most important first";
  CHECK(refusal("gns3") == form);
  CHECK(refusal("mininet:router") == form);
  CHECK(refusal("mininet:{router") == form);
  CHECK(refusal("mininet:pid=self") == "--attach: 'pid' is the number of a process");
}
