// SPDX-License-Identifier: Apache-2.0
#include "refrouter/shaping.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

RefrouterConfig read(const Json& object, std::vector<std::string>& mistakes) {
  RefrouterConfig config;
  ObjectReader reader{object, "", mistakes};
  read_shaping(reader, config);
  return config;
}

}  // namespace

TEST_CASE("A shaped port sends less than its line carries, voice first", "[shaping]") {
  const auto plan = shaping_of({.name = "wan_b", .rate = BitsPerSecond{10'000'000}}, 95);
  CHECK(plan.rate == 9'500'000);
  REQUIRE(plan.classes.size() == 3);
  CHECK(plan.classes[0].priority < plan.classes[1].priority);
  CHECK(plan.classes[1].priority < plan.classes[2].priority);
  CHECK(plan.classes[0].rate + plan.classes[1].rate + plan.classes[2].rate == plan.rate);
  CHECK(plan.fallback == plan.classes[1].minor);
}

TEST_CASE("What is marked goes to its class, and what a host sends is marked", "[shaping]") {
  std::vector<std::string> mistakes;
  const auto config =
      read({{"shaping", "on"}, {"mark", "192.168.1.30=cs1 fd00::30=af41"}}, mistakes);
  CHECK(mistakes.empty());
  const auto chains = shaping_chains(config);
  CHECK(chains.find("ip saddr 192.168.1.30 ip dscp set cs1") != chains.npos);
  CHECK(chains.find("ip6 saddr fd00::30 ip6 dscp set af41") != chains.npos);
  CHECK(chains.find("ip dscp ef meta priority set 1:10") != chains.npos);
}

TEST_CASE("Without shaping and marks there is no chain", "[shaping]") {
  CHECK(shaping_chains({}).empty());
}

TEST_CASE("A mark without a host or a code point is a mistake", "[shaping]") {
  std::vector<std::string> mistakes;
  read({{"mark", "laptop=cs1 192.168.1.30 192.168.1.30=gold"}, {"shape_percent", 101}}, mistakes);
  CHECK(mistakes.size() == 4);
}

}  // namespace wandrill
