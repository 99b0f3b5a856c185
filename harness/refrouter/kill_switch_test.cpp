// SPDX-License-Identifier: Apache-2.0
#include "refrouter/kill_switch.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

RefrouterConfig office() {
  RefrouterConfig config;
  config.vpn_only = {*IpAddress::parse("192.168.1.10"), *IpAddress::parse("fd00:1::10")};
  config.vpn_gateways = {*IpAddress::parse("203.0.113.10")};
  return config;
}

}  // namespace

TEST_CASE("A host with nothing but a VPN reaches its gateway only", "[kill_switch]") {
  CHECK(kill_switch_chain(office(), 1) ==
        "  chain kill_switch {\n"
        "    type filter hook forward priority filter - 5; policy accept;\n"
        "    ip saddr { 192.168.1.10 } ip daddr != { 203.0.113.10 } drop\n"
        "    ip6 saddr { fd00:1::10 } drop\n"
        "  }\n");
}

TEST_CASE("A kill switch of the primary is none while the backup is in use", "[kill_switch]") {
  auto config = office();
  config.kill_switch = KillSwitch::kOnPrimary;
  CHECK_FALSE(kill_switch_chain(config, 0).empty());
  CHECK(kill_switch_chain(config, 1).empty());
}

TEST_CASE("Without such hosts there is no chain", "[kill_switch]") {
  CHECK(kill_switch_chain({}, 0).empty());
}

TEST_CASE("What is no address is a mistake that names its key", "[kill_switch]") {
  std::vector<std::string> mistakes;
  const Json object{{"vpn_only", "192.168.1.10 laptop"}, {"kill_switch", "maybe"}};
  ObjectReader reader{object, "", mistakes};
  RefrouterConfig config;
  read_kill_switch(reader, config);
  REQUIRE(mistakes.size() == 2);
  CHECK(mistakes[0] == "vpn_only: not an address: laptop");
  CHECK(config.vpn_only.size() == 1);
}

}  // namespace wandrill
