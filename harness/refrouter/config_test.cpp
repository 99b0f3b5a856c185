// SPDX-License-Identifier: Apache-2.0
#include "refrouter/config.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

/// A whole configuration with `more` behind its WANs and targets.
std::string with(const std::string& more) {
  return R"({"wans": [
    {"name": "wan_a", "interface": "wan_a", "gateways": ["100.64.1.1", "2001:db8:a::1"],
     "addresses": ["100.64.1.2", "2001:db8:a::2"]},
    {"name": "wan_b", "interface": "wan_b", "gateways": ["100.64.2.1"]}],
    "targets": ["203.0.113.10"])" +
         (more.empty() ? "" : ", " + more) + "}";
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

TEST_CASE("A configuration is read, with every default where nothing is said", "[refrouter]") {
  const auto config = parse_refrouter_config(with(""), "r.json");
  REQUIRE(config.wans.size() == 2);
  CHECK(config.wans[0].name == "wan_a");
  CHECK(to_string(config.wans[0].gateways.at(Family::kIpv6)) == "2001:db8:a::1");
  CHECK(to_string(config.wans[0].addresses.at(Family::kIpv4)) == "100.64.1.2");
  CHECK(config.wans[1].gateways.count(Family::kIpv6) == 0);
  CHECK(config.interval == 200ms);
  CHECK(config.hold_down == 3s);
  CHECK(config.carrier);
  CHECK(config.control.empty());
}

TEST_CASE("Every setting of a configuration is taken", "[refrouter]") {
  const auto config = parse_refrouter_config(
      with(R"("check": "udp", "interval": "1s", "timeout": "2s", "down_count": 1, "up_count": 2,
              "quorum": 1, "hold_down": "0s", "failback": "off", "failback_delay": "1min",
              "flush_conntrack": "off", "nat": "masquerade", "detection": "off", "carrier": "off",
              "ipv6": "off", "bind_checks": "off", "control": "/run/r.sock")"),
      "r.json");
  CHECK(config.check == CheckKind::kUdp);
  CHECK(config.interval == 1s);
  CHECK(config.timeout == 2s);
  CHECK(config.down_count == 1);
  CHECK(config.up_count == 2);
  CHECK(config.hold_down == 0s);
  CHECK_FALSE(config.failback);
  CHECK(config.failback_delay == 60s);
  CHECK(config.flush_conntrack == Flush::kOff);
  CHECK_FALSE(config.detection);
  CHECK_FALSE(config.carrier);
  CHECK_FALSE(config.ipv6);
  CHECK_FALSE(config.bind_checks);
  CHECK(config.control == "/run/r.sock");
}

TEST_CASE("Mistakes are all told at once, each with its key", "[refrouter]") {
  CHECK(mistakes_in(with(R"("interval": 200, "timeout": "0ms", "hold_down": "3",
                            "failback": true, "down_count": 0, "hold_dwon": "1s")")) ==
        "r.json: interval: a duration with its unit is needed (\"200ms\"), not 200\n"
        "r.json: timeout: at least 1ms, not 0s\n"
        "r.json: down_count: a whole number from 1 is needed, not 0\n"
        "r.json: hold_down: a duration with its unit is needed (\"200ms\"), not \"3\"\n"
        "r.json: failback: one of off, on is needed, not true\n"
        "r.json: hold_dwon: no such key (did you mean 'hold_down'?)");
}

TEST_CASE("Mistakes in a WAN say which one", "[refrouter]") {
  const auto* text = R"({"wans": [{"name": "a", "interface": "wan_a_is_much_too_long",
    "gateways": ["100.64.1.1", "100.64.1.3"], "addresses": ["here"]},
    {"name": "a", "gateway": []}], "targets": ["192.0.2.1"]})";
  CHECK(mistakes_in(text) ==
        "r.json: wans[0].interface: not an interface's name: \"wan_a_is_much_too_long\"\n"
        "r.json: wans[0].gateways: more than one ipv4 address\n"
        "r.json: wans[0].addresses: not an address: \"here\"\n"
        "r.json: wans[1].interface: missing\n"
        "r.json: wans[1].gateways: at least one is needed\n"
        "r.json: wans[1].gateway: no such key (did you mean 'gateways'?)\n"
        "r.json: wans[1].name: given twice: a");
}

TEST_CASE("Settings that do not fit each other are mistakes", "[refrouter]") {
  CHECK(mistakes_in(with(R"("quorum": 2)")) ==
        "r.json: quorum: 2 of 1 targets must answer, but wan_a has gateways for only 1\n"
        "r.json: quorum: 2 of 1 targets must answer, but wan_b has gateways for only 1");
  CHECK(mistakes_in(with(R"("nat": "snat")")) ==
        "r.json: nat: snat needs an ipv4 address among the addresses of wan_b");
  CHECK_THAT(mistakes_in(with(fmt::format(R"("control": "{:/>120}")", ""))),
             Catch::Contains("control: longer than"));
}

TEST_CASE("A broken or doubled configuration text is a mistake", "[refrouter]") {
  CHECK_THAT(mistakes_in("{\"wans\": [}"), Catch::Contains("parse error at line 1, column 11"));
  CHECK(mistakes_in("[]") == "r.json: an object with the router's settings is needed");
  CHECK(mistakes_in(with(R"("interval": "1s", "interval": "2s")")) ==
        "r.json: interval: given twice");
}
