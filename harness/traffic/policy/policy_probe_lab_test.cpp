// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/testing/catch.hpp"
#include "net/nft.hpp"
#include "traffic/testing/rig.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;
using testing::Rig;

constexpr PolicyProbePlan kOwnUdp{};
constexpr PolicyProbePlan kDns{.port = 53};
constexpr PolicyProbePlan kSsh{.over_tcp = true, .port = 22};
constexpr PolicyProbePlan kOwnTcp{.over_tcp = true};

std::set<std::uint64_t> sent_by(const Recording& recording, FlowId flow) {
  std::set<std::uint64_t> numbers;
  for (std::size_t i = 0; i < recording.sent.size(); ++i)
    if (recording.sent.flow[i] == flow && recording.sent.lateness[i] != SentColumns::kNotSent)
      numbers.insert(recording.sent.sequence[i]);
  return numbers;
}

std::set<std::uint64_t> received_of(const Recording& recording, FlowId flow) {
  std::set<std::uint64_t> numbers;
  for (std::size_t i = 0; i < recording.received.size(); ++i)
    if (recording.received.flow[i] == flow) numbers.insert(recording.received.sequence[i]);
  return numbers;
}

std::vector<PolicyEvent> told_of(const Recording& recording, const std::string& session) {
  std::vector<PolicyEvent> told;
  for (const auto& event : recording.events)
    if (const auto* one = std::get_if<PolicyEvent>(&event); one && one->session == session)
      told.push_back(*one);
  return told;
}

}  // namespace

TEST_CASE("What nothing stops arrives: UDP and SYNs, at ports that sessions share, both families") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  for (const auto family : {Family::kIpv4, Family::kIpv6})
    for (const auto& attempt : {kOwnUdp, kDns, kDns, kSsh, kSsh, kOwnTcp})
      rig.attempt(TrafficKind::kForbidden, attempt, 10ms, family);
  const auto recording = rig.play(400ms);
  for (const auto& session : rig.plan().sessions) {
    INFO(session.name << ", port " << session.server.port);
    const auto sent = sent_by(recording, session.up);
    CHECK(sent.size() >= 20);
    CHECK(received_of(recording, session.up) == sent);
    const auto told = told_of(recording, session.name);
    REQUIRE_FALSE(told.empty());
    CHECK(told[0].rule == "forbidden");
    CHECK(
        told[0].packet.starts_with(session.of<PolicyProbePlan>()->over_tcp ? "TCP SYN " : "UDP "));
  }
}

TEST_CASE("Each packet of a matrix is a connection of its own, and no breach to tell of") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  // One source port is let through, once: what a later packet would share with it is a connection.
  run_nft(rig.server(), R"(table inet guard {
  set seen { typeof udp sport . ip saddr; flags dynamic; }
  set seen_tcp { typeof tcp sport . ip saddr; flags dynamic; }
  chain input {
    type filter hook input priority 0;
    udp sport . ip saddr @seen drop
    tcp sport . ip saddr @seen_tcp drop
    add @seen { udp sport . ip saddr }
    add @seen_tcp { tcp sport . ip saddr }
  }
})");
  for (const auto& attempt : {kOwnUdp, kDns, kOwnTcp})
    rig.attempt(TrafficKind::kMatrix, attempt, 10ms, Family::kIpv4);
  const auto recording = rig.play(400ms);
  for (const auto& session : rig.plan().sessions) {
    INFO(session.name);
    const auto sent = sent_by(recording, session.up);
    CHECK(sent.size() >= 20);
    CHECK(received_of(recording, session.up) == sent);
    CHECK(told_of(recording, session.name).empty());
  }
}

TEST_CASE("A rule that stops one of the transports stops no packet of the other") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  run_nft(rig.server(), R"(table inet guard {
  chain input {
    type filter hook input priority 0;
    udp dport 10-65535 drop
  }
})");
  rig.attempt(TrafficKind::kForbidden, kDns, 10ms, Family::kIpv4);
  rig.attempt(TrafficKind::kForbidden, kSsh, 10ms, Family::kIpv4);
  const auto recording = rig.play(300ms);
  CHECK(sent_by(recording, 0).size() >= 10);
  CHECK(received_of(recording, 0).empty());
  CHECK(received_of(recording, 2) == sent_by(recording, 2));
}

TEST_CASE("What a host sends by a WAN that is not for it is told, of each of its sessions") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kProbe, 10ms, Family::kIpv4);
  rig.add(TrafficKind::kTcp, 10ms, Family::kIpv6);
  for (const bool is_barred : {true, false}) {
    rig.before_start([&](Traffic& traffic) {
      const std::vector<std::string> barred{is_barred ? "client" : "another"};
      traffic.add_tap({.number = 0, .name = "wan_b", .networks = {}, .barred = barred},
                      rig.server(), "cable");
    });
    const auto recording = rig.play(300ms);
    for (const auto& session : rig.plan().sessions) {
      const auto told = told_of(recording, session.name);
      CHECK(told.empty() != is_barred);
      for (const auto& one : told) {
        CHECK(one.rule == "barred");
        CHECK(one.wan == "wan_b");
        CHECK(one.direction == "up");
      }
    }
  }
}

}  // namespace wandrill
