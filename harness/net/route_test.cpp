// SPDX-License-Identifier: Apache-2.0
#include "net/route.hpp"

#include <algorithm>

#include "base/testing/catch.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using Catch::Matchers::Message;

namespace {

template <typename Value>
bool holds(const std::vector<Value>& values, const Value& wanted) {
  return std::ranges::find(values, wanted) != values.end();
}

}  // namespace

TEST_CASE("A route is listed as it was added, in both families", "[route]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const Route v4{.destination = prefix("198.51.100.0/24"),
                 .gateway = address("192.0.2.2"),
                 .interface = "left",
                 .table = 100,
                 .metric = 10,
                 .source = address("192.0.2.1")};
  const Route v6{.destination = default_destination(Family::kIpv6),
                 .gateway = address("2001:db8::2"),
                 .interface = "left",
                 .metric = 20};
  add_route(hosts.at_a, v4);
  add_route(hosts.at_a, v6);
  CHECK(holds(dump_routes(hosts.at_a, Family::kIpv4), v4));
  CHECK(holds(dump_routes(hosts.at_a, Family::kIpv6), v6));
  delete_route(hosts.at_a, v4);
  delete_route(hosts.at_a, v6);
  CHECK_FALSE(holds(dump_routes(hosts.at_a, Family::kIpv4), v4));
  CHECK_FALSE(holds(dump_routes(hosts.at_a, Family::kIpv6), v6));
}

TEST_CASE("A replaced route leaves one with the new gateway", "[route]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const auto family = GENERATE(Family::kIpv4, Family::kIpv6);
  const bool v4 = family == Family::kIpv4;
  Route route{.destination = default_destination(family),
              .gateway = address(v4 ? "192.0.2.2" : "2001:db8::2"),
              .interface = "left",
              .metric = 10};
  add_route(hosts.at_a, route);
  route.gateway = address(v4 ? "192.0.2.3" : "2001:db8::3");
  replace_route(hosts.at_a, route);
  const auto routes = dump_routes(hosts.at_a, family);
  CHECK(std::ranges::count(routes, default_destination(family), &Route::destination) == 1);
  CHECK(holds(routes, route));
}

TEST_CASE("A route that the kernel made for an address can be deleted too", "[route]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const Route connected{.destination = prefix("192.0.2.0/24"), .interface = "left"};
  delete_route(hosts.at_a, connected);
  const auto routes = dump_routes(hosts.at_a, Family::kIpv4);
  CHECK(std::ranges::count(routes, prefix("192.0.2.0/24"), &Route::destination) == 0);
}

TEST_CASE("A rule is listed as it was added, in both families", "[route]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const Rule marked{
      .family = Family::kIpv4, .priority = 100, .mark = 0x200, .mark_mask = 0xff00, .table = 1000};
  const Rule from{.family = Family::kIpv6,
                  .priority = 101,
                  .from = prefix("2001:db8::/64"),
                  .iif = "left",
                  .oif = "lo",
                  .table = 7};
  const Rule drop{.priority = 102, .iif = "left", .blackhole = true};
  for (const auto& rule : {marked, from, drop}) {
    add_rule(hosts.at_a, rule);
    auto listed = dump_rules(hosts.at_a, rule.family);
    const auto found = std::ranges::find(listed, rule.priority, &Rule::priority);
    REQUIRE(found != listed.end());
    if (rule.blackhole) found->table = rule.table;  // it looks no table up
    CHECK(*found == rule);
    delete_rule(hosts.at_a, rule);
    listed = dump_rules(hosts.at_a, rule.family);
    CHECK(std::ranges::count(listed, rule.priority, &Rule::priority) == 0);
  }
}

TEST_CASE("A lookup finds the route that a packet would take", "[route]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const auto far = address("203.0.113.9");
  CHECK_FALSE(lookup_route(hosts.at_a, {.destination = far}));

  const auto add_default = [&](const char* gateway, std::uint32_t table) {
    add_route(hosts.at_a, {.destination = default_destination(Family::kIpv4),
                           .gateway = address(gateway),
                           .interface = "left",
                           .table = table});
  };
  add_default("192.0.2.2", 254);
  add_default("192.0.2.3", 100);
  add_rule(hosts.at_a, {.priority = 50, .mark = 1, .mark_mask = 0xff, .table = 100});

  const auto plain = lookup_route(hosts.at_a, {.destination = far});
  REQUIRE(plain);
  CHECK(plain->gateway == address("192.0.2.2"));
  CHECK(plain->interface == "left");
  CHECK(plain->source == address("192.0.2.1"));
  CHECK(plain->table == 254);

  const auto marked = lookup_route(hosts.at_a, {.destination = far, .mark = 1});
  REQUIRE(marked);
  CHECK(marked->gateway == address("192.0.2.3"));
  CHECK(marked->table == 100);

  const auto bound = lookup_route(
      hosts.at_a, {.destination = far, .interface = "left", .source = address("192.0.2.1")});
  REQUIRE(bound);
  CHECK(bound->gateway == address("192.0.2.2"));
  CHECK_THROWS_MATCHES(lookup_route(hosts.at_a, {.destination = far, .interface = "wan_z"}),
                       std::system_error, Message("find interface wan_z: No such device"));
}

TEST_CASE("A lookup works in IPv6, and finds nothing where a rule drops", "[route]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const auto far = address("2001:db8:f::10");
  CHECK_FALSE(lookup_route(hosts.at_a, {.destination = far}));
  add_route(hosts.at_a, {.destination = default_destination(Family::kIpv6),
                         .gateway = address("2001:db8::2"),
                         .metric = 10});
  const auto found = lookup_route(hosts.at_a, {.destination = far});
  REQUIRE(found);
  CHECK(found->gateway == address("2001:db8::2"));
  CHECK(found->interface == "left");
  CHECK(found->metric == 10);
  for (const auto family : {Family::kIpv4, Family::kIpv6})
    add_rule(hosts.at_a, {.family = family, .priority = 10, .blackhole = true});
  CHECK_FALSE(lookup_route(hosts.at_a, {.destination = far}));
  CHECK_FALSE(lookup_route(hosts.at_a, {.destination = address("192.0.2.2")}));
}

TEST_CASE("A refused route or rule is named in full", "[route]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const Route unreachable{.destination = default_destination(Family::kIpv4),
                          .gateway = address("10.9.9.9"),
                          .interface = "left",
                          .metric = 10};
  CHECK_THROWS_MATCHES(
      add_route(hosts.at_a, unreachable), std::system_error,
      Message("add route default via 10.9.9.9 dev left metric 10: Network is unreachable"));
  CHECK_THROWS_MATCHES(delete_route(hosts.at_a, {.destination = prefix("10.0.0.0/8"), .table = 7}),
                       std::system_error,
                       Message("delete route 10.0.0.0/8 table 7: No such process"));
  CHECK_THROWS_MATCHES(
      delete_rule(hosts.at_a, {.priority = 5, .mark = 1, .mark_mask = 3}), std::system_error,
      Message("delete rule " + to_string(Rule{.priority = 5, .mark = 1, .mark_mask = 3}) +
              ": No such file or directory"));
}
