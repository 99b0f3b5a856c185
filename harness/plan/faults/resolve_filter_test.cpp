// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "plan/faults/fault_text.hpp"
#include "plan/plan_text.hpp"
#include "plan/resolve.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

Plan plan_with(const std::string& timeline) {
  auto loaded = load_scenario(std::string{WANDRILL_SOURCE_DIR} + "/scenarios/failback.yaml");
  Mistakes mistakes;
  loaded.scenario = decode_scenario({"made.yaml",
                                     "scenario: made\ntopology: home_office\ntraffic:\n"
                                     "  call: {kind: rtp, from: desk_phone, to: pbx}\ntimeline:\n" +
                                         timeline},
                                    mistakes);
  mistakes.throw_if_any();
  return resolve(loaded);
}

std::string step(const std::string& fault, const std::string& filter) {
  return "  - {on: wan_a, fault: " + fault + ", filter: {" + filter + "}}\n";
}

FaultAction fault_in(const std::string& filter, const std::string& fault = "blackhole") {
  return std::get<FaultAction>(plan_with(step(fault, filter)).timeline.steps.at(0).action);
}

std::string mistakes_in(const std::string& timeline) {
  try {
    static_cast<void>(plan_with(timeline));
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A filter is told as engineers write it, and read from what they write") {
  CHECK(to_string(fault_in("family: ipv6").filter) == "ipv6");
  CHECK(to_string(fault_in("protocol: udp, port: 5060").filter) == "udp port 5060");
  CHECK(to_string(fault_in("protocol: udp, port: 16384-32767").filter) == "udp port 16384-32767");
  CHECK(to_string(fault_in("protocol: 17, destination_port: 53").filter) ==
        "udp destination port 53");
  CHECK(to_string(fault_in("protocol: icmp").filter) == "icmp");
  CHECK(to_string(fault_in("protocol: 89").filter) == "protocol 89");
  CHECK(to_string(fault_in("dscp: 46").filter) == "dscp ef");
  CHECK(to_string(fault_in("dscp: ef").filter) == "dscp ef");
  CHECK(to_string(fault_in("dscp: 7").filter) == "dscp 7");
  CHECK(to_string(fault_in("min_size: 1200B, max_size: 1400B").filter) == "from 1.2kB up to 1.4kB");
  const auto all =
      fault_in("family: ipv4, protocol: tcp, source_port: 443, dscp: af41, max_size: 100B");
  CHECK(fault_text(all) == "blackhole, only ipv4 tcp source port 443 dscp af41 up to 100B");
}

TEST_CASE("A filter and a direction are told apart") {
  CHECK(fault_text(fault_in("dscp: ef", "blackhole, direction: up")) ==
        "blackhole, only dscp ef, up only");
}

TEST_CASE("icmp is ICMP in IPv4 and ICMPv6 in IPv6") {
  const auto filter = fault_in("protocol: icmp").filter;
  CHECK(filter.protocol_in(Family::kIpv4) == std::uint8_t{1});
  CHECK(filter.protocol_in(Family::kIpv6) == std::uint8_t{58});
}

TEST_CASE("What a filter cannot be is refused where it stands, all at once, with what is near") {
  const auto text = mistakes_in(step("blackhole",
                                     "protocol: upd, port: 70000, dscp: eff, "
                                     "min_size: 10B, max_size: 9000B"));
  CHECK_THAT(text, Catch::Contains("made.yaml:6:") &&
                       Catch::Contains("not 'upd' (did you mean 'udp'?)") &&
                       Catch::Contains("'port' is a port from 1 to 65535") &&
                       Catch::Contains("not 'eff' (did you mean 'ef'?)") &&
                       Catch::Contains("'min_size' is the length of an IP packet, from 20B to") &&
                       Catch::Contains("'max_size' is the length of an IP packet"));
  CHECK_THAT(mistakes_in(step("loss, loss: 5%", "port: 53")),
             Catch::Contains("'port' needs a 'protocol' that has ports: udp, tcp or sctp"));
  CHECK_THAT(mistakes_in(step("loss, loss: 5%", "protocol: icmp, port: 53")),
             Catch::Contains("protocol icmp has no ports"));
  CHECK_THAT(mistakes_in(step("blackhole", "protocol: udp, port: 20-10")),
             Catch::Contains("not '20-10'"));
  CHECK_THAT(mistakes_in(step("blackhole", "protocol: 60")),
             Catch::Contains("'protocol' is a name or a number"));
  CHECK_THAT(mistakes_in(step("blackhole", "family: ipv5")), Catch::Contains("did you mean"));
  CHECK_THAT(mistakes_in(step("blackhole", "min_size: 900B, max_size: 800B")),
             Catch::Contains("no packet has both at least 900B and at most 800B"));
  CHECK_THAT(mistakes_in(step("blackhole", "")), Catch::Contains("an empty 'filter'"));
  CHECK_THAT(mistakes_in(step("blackhole", "ports: 80")), Catch::Contains("did you mean 'port'"));
}

TEST_CASE("Faults that spare nobody take no filter, and say which do") {
  for (const auto* fault : {"carrier", "far_end", "arp", "withdraw", "mtu, mtu: 1400B"})
    CHECK_THAT(mistakes_in(step(fault, "family: ipv6")),
               Catch::Contains("has no 'filter'; these have: blackhole, loss, delay, jitter, rate, "
                               "reorder, duplicate, corrupt, brownout"));
}

TEST_CASE("Each filter of a WAN's faults is laid out once, as a stage of its line") {
  const auto plan = plan_with(step("blackhole, as: a", "protocol: udp") + "  - restore: a\n" +
                              step("delay, delay: 9ms, as: b", "family: ipv6") +
                              step("loss, loss: 9%, as: c", "protocol: 17") +
                              "  - {on: wan_b, fault: blackhole}\n");
  const auto& filters = plan.topology.wan("wan_a")->filters;
  REQUIRE(filters.size() == 2);
  CHECK(to_string(filters[0]) == "udp");
  CHECK(to_string(filters[1]) == "ipv6");
  CHECK(plan.topology.wan("wan_b")->filters.empty());
  std::string many;
  for (int i = 1; i <= 9; ++i)
    many += step("blackhole", "protocol: udp, port: " + std::to_string(i));
  CHECK_THAT(mistakes_in(many), Catch::Contains("the faults on wan_a have 9 different filters; a "
                                                "line takes 8"));
}

TEST_CASE("Faults of different filters may be in force together, of the same filter not") {
  CHECK(mistakes_in(step("blackhole", "protocol: udp") + step("delay, delay: 5ms", "dscp: ef") +
                    "  - {on: wan_a, fault: loss, loss: 5%}\n") == "");
  CHECK_THAT(
      mistakes_in(step("blackhole", "protocol: udp") + step("delay, delay: 5ms", "protocol: 17")),
      Catch::Contains("overlaps with 'blackhole wan_a'"));
}

TEST_CASE("A filtered fault leaves a WAN that may be of use: no failover is required") {
  CHECK(fault_in("family: ipv4").duty == FailoverDuty::kEither);
  CHECK_THAT(plan_as_text(plan_with(step("blackhole", "protocol: udp, port: 5060"))),
             Catch::Contains("break wan_a: blackhole, only udp port 5060, both directions"));
}

TEST_CASE("A plan with filters is read back as it was stored") {
  const auto plan = plan_with(step("blackhole", "protocol: udp, port: 5060, dscp: ef"));
  const auto again = plan_from_yaml(plan_as_yaml(plan));
  CHECK(again.topology.wan("wan_a")->filters == plan.topology.wan("wan_a")->filters);
  CHECK(plan_as_yaml(again) == plan_as_yaml(plan));
}

TEST_CASE("A queue that cannot hold rate × delay is refused with the number that it takes") {
  const auto rate = [](const std::string& rest) { return "  - {on: wan_a, " + rest + "}\n"; };
  // 30 Mbit/s and 4 ms: 15000 bytes.
  CHECK_THAT(mistakes_in(rate("fault: rate, rate: 30Mbit/s, queue: 14999B, direction: up")),
             Catch::Contains("made.yaml:6:") && Catch::Contains("cannot hold rate × delay: "
                                                                "30Mbit/s × 4ms one way up takes "
                                                                "at least 15000B"));
  CHECK(mistakes_in(rate("fault: rate, rate: 30Mbit/s, queue: 15000B")) == "");
  CHECK_THAT(mistakes_in(rate("fault: brownout, delay: 196ms, rate: 8Mbit/s, queue: 100kB")),
             Catch::Contains("8Mbit/s × 200ms one way up takes at least 200000B"));
  CHECK_THAT(mistakes_in(rate("fault: rate, rate: 1Mbit/s, queue: 1000B")),
             Catch::Contains("holds not even one full frame"));
  CHECK(mistakes_in(rate("fault: rate, rate: 1Mbit/s, queue: 10MB")) == "");
}
