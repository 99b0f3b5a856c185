// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/testing/catch.hpp"
#include "refrouter/config.hpp"

using namespace wandrill;

namespace {

std::string with(const std::string& more) {
  return R"({"wans": [{"name": "wan_a", "interface": "eth1", "gateways": ["100.64.1.1"]},
                      {"name": "wan_b", "interface": "eth2", "gateways": ["100.64.2.1"]}],
             "targets": ["203.0.113.10"], )" +
         more + "}";
}

std::string mistakes_in(const std::string& text) {
  try {
    static_cast<void>(parse_refrouter_config(text, "r.json"));
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("Segments and who reaches whom are read", "[refrouter]") {
  const auto config = parse_refrouter_config(
      with(R"("segments": "corporate=lan.10  guest=lan.30", "isolation": "off",
              "allow": "corporate>guest", "deny": "guest>wan_b corporate>wan_b")"),
      "r.json");
  REQUIRE(config.segments.size() == 2);
  CHECK(config.segments[1].name == "guest");
  CHECK(config.segments[1].interface == "lan.30");
  CHECK(config.isolation == Isolation::kOff);
  REQUIRE(config.allow.size() == 1);
  CHECK(config.allow[0].from == "corporate");
  CHECK(config.allow[0].to == "guest");
  REQUIRE(config.deny.size() == 2);
  CHECK(config.deny[0].to == "wan_b");
}

TEST_CASE("A router that is told of no segments has none", "[refrouter]") {
  const auto config = parse_refrouter_config(with(R"("segments": "", "allow": "")"), "r.json");
  CHECK(config.segments.empty());
  CHECK(config.isolation == Isolation::kOn);
}

TEST_CASE("Mistakes in segments are all told, with the nearest name", "[refrouter]") {
  CHECK(
      mistakes_in(with(R"("segments": "corporate=lan.10 guest guest=lan.10 x=a_name_of_17_letters",
                            "allow": "corporat>guest corporate", "deny": "guest>wan_c")")) ==
      "r.json: segments: \"guest\" is not like \"voice=lan.20\"\n"
      "r.json: segments: given twice: guest=lan.10\n"
      "r.json: segments: not an interface's name: \"a_name_of_17_letters\"\n"
      "r.json: allow: \"corporate\" is not like \"corporate>cameras\"\n"
      "r.json: allow: no such segment: corporat (did you mean 'corporate'?)\n"
      "r.json: deny: no such WAN: wan_c (did you mean 'wan_a'?)");
}
