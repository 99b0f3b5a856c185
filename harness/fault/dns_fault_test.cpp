// SPDX-License-Identifier: Apache-2.0
#include "fault/dns_fault.hpp"

#include "base/testing/catch.hpp"
#include "fault/testing/service_lab.hpp"
#include "lab/programs.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

constexpr const char* kNoServer = "dnsdist is not installed (ci/setup does it)";

Plan with_dns() {
  Plan plan{.topology = home_office()};
  auto& topology = plan.topology;
  topology.servers = {{.name = "web",
                       .node = "internet",
                       .addresses = {address("203.0.113.10"), address("2001:db8:f::10")}},
                      {.name = "dns",
                       .node = "internet",
                       .addresses = {address("203.0.113.53"), address("2001:db8:f::53")}}};
  for (auto& node : topology.nodes)
    if (node.name == "internet")
      for (const char* text : {"203.0.113.53/32", "2001:db8:f::53/128"})
        node.loopback.push_back(prefix(text));
  topology.services = {
      {.name = "resolver", .kind = ServiceKind::kDns, .on = "dns", .zone = "test"}};
  return plan;
}

FaultAction dns(ServiceMode mode) {
  return {
      .kind = FaultKind::kDns,
      .lab = {.server = "dns",
              .mode = mode,
              .delay = mode == ServiceMode::kSlow ? Nanos{400ms} : Nanos{0},
              .addresses = mode == ServiceMode::kHijack
                               ? std::vector{address("198.51.100.66"), address("2001:db8:bad::66")}
                               : std::vector<IpAddress>{}}};
}

/// What a host behind the router gets for a name: "198.51.100.66", "SERVFAIL", "silence", "late …".
std::string ask(ServiceLab& lab, const char* server, DnsType type, const char* name = "web.test") {
  DnsExchange exchange{lab.node("router").ns,
                       {.server = address(server), .name = name, .type = type}};
  while (!exchange.poll() && exchange.waited() < 1s)
    std::this_thread::sleep_for(1ms);
  const auto& answer = exchange.poll();
  if (!answer) return "silence";
  std::string text = exchange.waited() >= 400ms ? "late " : "";
  if (answer->code == kDnsServfail) text += "SERVFAIL";
  if (answer->code == kDnsNoSuchName) text += "no such name";
  for (const auto& given : answer->addresses)
    text += to_string(given);
  return text;
}

/// A and AAAA of web.test, by IPv4 and by IPv6.
Json ask_all(ServiceLab& lab) {
  Json answers = Json::array();
  for (const char* server : {"203.0.113.53", "2001:db8:f::53"})
    for (const auto type : {DnsType::kA, DnsType::kAaaa})
      answers.push_back(ask(lab, server, type));
  return answers;
}

Json break_and_restore(ServiceLab& lab, ServiceMode mode) {
  const auto fault = lab.fault(dns(mode));
  Json seen = Json::object();
  fault->apply();
  seen["evidence"] = wait_for_evidence(*fault);
  seen["broken"] = ask_all(lab);
  fault->undo();
  seen["undone_evidence"] = wait_for_evidence(*fault);
  seen["restored"] = ask_all(lab);
  return seen;
}

const Json kRight{"203.0.113.10", "2001:db8:f::10", "203.0.113.10", "2001:db8:f::10"};
constexpr const char* kAnsweredAgain = "dns.test: answered as it should be";

void check_mode(ServiceMode mode, const Json& broken, const char* evidence) {
  if (find_program("dnsdist").empty()) WANDRILL_SKIP(kNoServer);
  const auto seen = in_cell([mode] {
    ServiceLab lab{with_dns()};
    lab.route_by_wan_a();
    auto report = break_and_restore(lab, mode);
    report["log"] = lab.output();
    return report;
  });
  INFO(seen.dump(2));
  REQUIRE(seen.contains("broken"));
  CHECK(seen["broken"] == broken);
  CHECK(seen["restored"] == kRight);
  CHECK(seen["evidence"] == evidence);
  CHECK(seen["undone_evidence"] == kAnsweredAgain);
}

}  // namespace

TEST_CASE("A lab's DNS server knows servers and hosts by name, and nothing else", "[dns]") {
  if (find_program("dnsdist").empty()) WANDRILL_SKIP(kNoServer);
  const auto seen = in_cell([] {
    ServiceLab lab{with_dns()};
    lab.route_by_wan_a();
    auto answers = ask_all(lab);
    answers.push_back(ask(lab, "203.0.113.53", DnsType::kA, "dns.test"));
    answers.push_back(ask(lab, "203.0.113.53", DnsType::kA, "nothing.test"));
    return answers;
  });
  auto wanted = kRight;
  wanted.push_back("203.0.113.53");
  wanted.push_back("no such name");
  CHECK(seen == wanted);
}

TEST_CASE("A DNS server that times out answers nobody until it is restored", "[dns]") {
  check_mode(ServiceMode::kTimeout, Json{"silence", "silence", "silence", "silence"},
             "dns.test: no answer within 300ms");
}

TEST_CASE("A DNS server that fails answers SERVFAIL until it is restored", "[dns]") {
  check_mode(ServiceMode::kServfail, Json{"SERVFAIL", "SERVFAIL", "SERVFAIL", "SERVFAIL"},
             "dns.test: SERVFAIL");
}

TEST_CASE("A slow DNS server answers rightly and late until it is restored", "[dns]") {
  check_mode(
      ServiceMode::kSlow,
      Json{"late 203.0.113.10", "late 2001:db8:f::10", "late 203.0.113.10", "late 2001:db8:f::10"},
      "dns.test: answers after 400ms and more");
}

TEST_CASE("A hijacked DNS server gives the false addresses until it is restored", "[dns]") {
  check_mode(ServiceMode::kHijack,
             Json{"198.51.100.66", "2001:db8:bad::66", "198.51.100.66", "2001:db8:bad::66"},
             "dns.test: 198.51.100.66 and 2001:db8:bad::66 for every name");
}
