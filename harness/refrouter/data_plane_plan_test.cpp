// SPDX-License-Identifier: Apache-2.0
#include "refrouter/data_plane_plan.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

std::map<Family, IpAddress> both(const char* v4, const char* v6) {
  return {{Family::kIpv4, *IpAddress::parse(v4)}, {Family::kIpv6, *IpAddress::parse(v6)}};
}

RefrouterConfig two_wans() {
  RefrouterConfig config;
  config.wans = {
      {"wan_a", "eth1", both("100.64.1.1", "2001:db8:a::1"), both("100.64.1.2", "2001:db8:a::2")},
      {"wan_b", "eth2", both("100.64.2.1", "2001:db8:b::1"), {}}};
  return config;
}

}  // namespace

TEST_CASE("Each WAN's packets are looked up in its own table", "[refrouter]") {
  std::vector<std::string> lines;
  for (const auto& rule : rules_for(two_wans(), Family::kIpv4)) {
    CHECK(rule.priority >= kRulesBegin);
    CHECK(rule.priority < kRulesEnd);
    lines.push_back(to_string(rule));
  }
  REQUIRE(lines.size() == 3);
  CHECK_THAT(lines[0], Catch::EndsWith("10000: oif eth1 lookup 101"));
  CHECK_THAT(lines[1], Catch::EndsWith("10001: from 100.64.1.2/32 lookup 101"));
  CHECK_THAT(lines[2], Catch::EndsWith("10002: oif eth2 lookup 102"));
}

TEST_CASE("A WAN without a gateway of a family has neither rules nor a default there",
          "[refrouter]") {
  auto config = two_wans();
  config.wans[0].gateways.erase(Family::kIpv6);
  CHECK(rules_for(config, Family::kIpv6).size() == 1);
  CHECK_FALSE(default_route(config.wans[0], Family::kIpv6, kMainTable).has_value());
  const auto route = default_route(config.wans[1], Family::kIpv6, kMainTable);
  REQUIRE(route.has_value());
  CHECK(to_string(*route) == "default via 2001:db8:b::1 dev eth2");
}

TEST_CASE("NAT masquerades both families on every WAN", "[refrouter]") {
  CHECK(nat_ruleset(two_wans()) ==
        "table inet wandrill_refrouter\n"
        "delete table inet wandrill_refrouter\n"
        "table inet wandrill_refrouter {\n"
        "  chain postrouting {\n"
        "    type nat hook postrouting priority srcnat; policy accept;\n"
        "    oifname \"eth1\" meta nfproto ipv4 masquerade\n"
        "    oifname \"eth1\" meta nfproto ipv6 masquerade\n"
        "    oifname \"eth2\" meta nfproto ipv4 masquerade\n"
        "    oifname \"eth2\" meta nfproto ipv6 masquerade\n"
        "  }\n}\n");
}

TEST_CASE("NAT can pin the WAN's own addresses", "[refrouter]") {
  auto config = two_wans();
  config.nat = NatKind::kSnat;
  config.wans.pop_back();
  const auto rules = nat_ruleset(config);
  CHECK_THAT(rules, Catch::Contains("oifname \"eth1\" meta nfproto ipv4 snat ip to 100.64.1.2\n"));
  CHECK_THAT(rules, Catch::Contains("meta nfproto ipv6 snat ip6 to 2001:db8:a::2\n"));
}
