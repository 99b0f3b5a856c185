// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/testing/catch.hpp"
#include "plan/plan_text.hpp"
#include "plan/resolve.hpp"

using namespace wandrill;

namespace {

/// The segmented office with this traffic; what nothing is expected of and nothing breaks.
Plan office(const std::string& traffic, const std::string& fault = "fault: carrier, on: wan_a") {
  auto loaded =
      load_scenario(std::string{WANDRILL_SOURCE_DIR} + "/scenarios/segmented-failover.yaml");
  Mistakes mistakes;
  loaded.scenario =
      decode_scenario({"made.yaml", "scenario: made\ntopology: segmented_office\ntraffic:\n" +
                                        traffic + "timeline:\n  - {at: 1s, " + fault + "}\n"},
                      mistakes);
  mistakes.throw_if_any();
  return resolve(loaded);
}

std::vector<std::string> names_of_sessions(const Plan& plan) {
  std::vector<std::string> names;
  for (const auto& session : plan.traffic.sessions)
    names.push_back(session.name);
  return names;
}

std::string mistake_of(const std::string& traffic,
                       const std::string& fault = "fault: carrier, on: wan_a") {
  try {
    office(traffic, fault);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("'segments' is every host in a segment: the whole matrix in one entry") {
  const auto plan = office(
      "  every: {kind: forbidden, from: segments, to: segments, family: both, transport: both}\n");
  CHECK(plan.traffic.sessions.size() == 4 * 3 * 2 * 2);
  const auto names = names_of_sessions(plan);
  CHECK(std::ranges::count(names, "every.visitor-laptop.ipv6.tcp") == 1);
  for (const auto& session : plan.traffic.sessions) {
    REQUIRE(session.of<PolicyProbePlan>());
    CHECK(session.of<PolicyProbePlan>()->over_tcp == session.name.ends_with(".tcp"));
    CHECK((session.client.address.family() == Family::kIpv6) ==
          (session.name.find(".ipv6.") != std::string::npos));
    CHECK(session.group == "every");
  }
}

TEST_CASE("A segment's name stands for its hosts, 'isps' for every ISP, and none comes twice") {
  const auto plan = office("  leaks: {kind: forbidden, from: [isps, guest, visitor], to: voice}\n");
  CHECK(names_of_sessions(plan) == std::vector<std::string>{"leaks.isp_a-desk_phone",
                                                            "leaks.isp_b-desk_phone",
                                                            "leaks.visitor-desk_phone"});
}

TEST_CASE("A single pair over a single transport keeps the entry's name, as it always did") {
  CHECK(names_of_sessions(office("  leak: {kind: forbidden, from: visitor, to: laptop}\n")) ==
        std::vector<std::string>{"leak"});
  CHECK(names_of_sessions(
            office("  leak: {kind: forbidden, from: visitor, to: laptop, transport: both}\n")) ==
        std::vector<std::string>{"leak.udp", "leak.tcp"});
}

TEST_CASE("A port that is given is asked for; without one each session has its own") {
  const auto plan = office(
      "  ssh: {kind: forbidden, from: guest, to: segments, transport: tcp, port: 22}\n"
      "  own: {kind: forbidden, from: visitor, to: laptop}\n");
  for (const auto& session : plan.traffic.sessions)
    CHECK((session.server.port == 22) == (session.group == "ssh"));
  // It survives being stored with the run.
  const auto again = plan_from_yaml(plan_as_yaml(plan));
  CHECK(again.traffic.sessions[0].of<PolicyProbePlan>()->port == 22);
  CHECK(again.traffic.sessions[0].of<PolicyProbePlan>()->over_tcp);
}

TEST_CASE("A matrix is tried from hosts, to other segments and to servers") {
  const auto plan = office(
      "  ruler: {kind: probe, from: laptop, to: web}\n"
      "  policy: {kind: matrix, from: segments, to: [segments, web, dns], family: both, transport: "
      "both}\n");
  CHECK(plan.traffic.sessions.size() == 1 + 4 * (3 + 2) * 2 * 2);
  const auto names = names_of_sessions(plan);
  CHECK(std::ranges::count(names, "policy.visitor-web.ipv6.tcp") == 1);
  CHECK(plan.traffic.sessions.back().of<PolicyProbePlan>());
  CHECK_FALSE(plan.traffic.sessions.back().must_flow());
  CHECK(plan.traffic.sessions.back().interval == std::chrono::milliseconds{200});
  CHECK(mistake_of("  policy: {kind: matrix, from: segments, to: web}\n")
            .find("'policy' compares WANs, and no other session tells which one is in use") !=
        std::string::npos);
  const auto refused = mistake_of("  policy: {kind: matrix, from: isps, to: segments}\n");
  CHECK(refused.find("a session starts at a host, and 'isp_a' is of kind isp") !=
        std::string::npos);
}

TEST_CASE("What has no meaning is refused") {
  CHECK(mistake_of("  leak: {kind: forbidden, from: guest, to: voice, port: 70000}\n")
            .find("'port' must be from 1 to 65535") != std::string::npos);
  CHECK(mistake_of("  ruler: {kind: probe, from: laptop, to: web, family: both}\n")
            .find("'family: both' is for sessions of kind forbidden or matrix") !=
        std::string::npos);
  CHECK(mistake_of("  ruler: {kind: probe, from: laptop, to: web, port: 22}\n")
            .find("'port' belongs to 'kind: forbidden' or 'kind: matrix'") != std::string::npos);
  CHECK(mistake_of("  leak: {kind: forbidden, from: guest, to: guest}\n")
            .find("different networks") != std::string::npos);
}

TEST_CASE("A matrix in a timeline in which no WAN is left is refused") {
  const std::string traffic =
      "  ruler: {kind: probe, from: laptop, to: web}\n"
      "  policy: {kind: matrix, from: segments, to: web}\n";
  CHECK(
      mistake_of(traffic, "fault: monitor_target, on: web")
          .find(
              "'policy' compares WANs, and nothing in this timeline makes the router leave one") !=
      std::string::npos);
  CHECK(mistake_of(traffic).empty());
}
