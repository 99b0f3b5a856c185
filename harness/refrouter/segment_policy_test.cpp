// SPDX-License-Identifier: Apache-2.0
#include "refrouter/segment_policy.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

RefrouterConfig office() {
  RefrouterConfig config;
  config.wans = {{.name = "wan_a", .interface = "eth1"}, {.name = "wan_b", .interface = "eth2"}};
  config.segments = {{"corporate", "lan.10"}, {"guest", "lan.30"}};
  return config;
}

}  // namespace

TEST_CASE("A router without segments forwards whatever comes", "[refrouter]") {
  auto config = office();
  config.segments.clear();
  CHECK(forward_chain(config).empty());
}

TEST_CASE("Segments reach the WANs only, and WANs reach no segment", "[refrouter]") {
  CHECK(forward_chain(office()) ==
        "  chain forward {\n"
        "    type filter hook forward priority filter; policy accept;\n"
        "    ct state established,related accept\n"
        "    iifname { \"lan.10\", \"lan.30\" } oifname { \"lan.10\", \"lan.30\" } drop\n"
        "    iifname { \"eth1\", \"eth2\" } oifname { \"lan.10\", \"lan.30\" } drop\n"
        "  }\n");
}

TEST_CASE("What is allowed passes before what is kept apart is dropped", "[refrouter]") {
  auto config = office();
  config.allow = {{"corporate", "guest"}};
  const auto chain = forward_chain(config);
  const auto allowed = chain.find("iifname \"lan.10\" oifname \"lan.30\" accept");
  REQUIRE(allowed != chain.npos);
  CHECK(allowed < chain.find("drop"));
}

TEST_CASE("A segment is kept off a WAN before anything is accepted, isolated or not",
          "[refrouter]") {
  auto config = office();
  config.deny = {{"guest", "wan_b"}};
  const auto chain = forward_chain(config);
  const auto denied = chain.find("iifname \"lan.30\" oifname \"eth2\" drop");
  REQUIRE(denied != chain.npos);
  CHECK(denied < chain.find("ct state"));
  config.isolation = Isolation::kOff;
  CHECK(forward_chain(config) ==
        "  chain forward {\n"
        "    type filter hook forward priority filter; policy accept;\n"
        "    iifname \"lan.30\" oifname \"eth2\" drop\n"
        "  }\n");
}

TEST_CASE("Without isolation nothing is kept from anything", "[refrouter]") {
  auto config = office();
  config.isolation = Isolation::kOff;
  CHECK(forward_chain(config).empty());
}
