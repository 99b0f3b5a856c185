// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/testing/catch.hpp"
#include "traffic/testing/rig.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;
using testing::Rig;

std::vector<std::string> states_of(const Recording& recording) {
  std::vector<std::string> states;
  for (const auto& event : recording.events)
    if (const auto* session = std::get_if<SessionEvent>(&event)) states.push_back(session->state);
  return states;
}

std::set<std::uint64_t> received(const Recording& recording, FlowId flow) {
  std::set<std::uint64_t> sequences;
  for (std::size_t i = 0; i < recording.received.size(); ++i)
    if (recording.received.flow[i] == flow) sequences.insert(recording.received.sequence[i]);
  return sequences;
}

std::size_t count_sent(const Recording& recording, FlowId flow) {
  return static_cast<std::size_t>(
      std::count(recording.sent.flow.begin(), recording.sent.flow.end(), flow));
}

TEST_CASE("Every request is answered on a clean link, over both families") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kTcp, 10ms, Family::kIpv4);
  rig.add(TrafficKind::kTcp, 10ms, Family::kIpv6);
  const auto recording = rig.play(400ms);
  for (const auto flow : std::vector<FlowId>{0, 1, 2, 3}) {
    CHECK(count_sent(recording, flow) >= 39);
    CHECK(received(recording, flow).size() == count_sent(recording, flow));
  }
  CHECK(states_of(recording) ==
        std::vector<std::string>{"connecting", "connecting", "connected", "connected"});
}

TEST_CASE("A TCP session survives a short cut: late requests, none missing, no new connection") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kTcp, 10ms, Family::kIpv4);
  rig.after(200ms, [&] { rig.set_link(false); });
  rig.after(500ms, [&] { rig.set_link(true); });
  const auto recording = rig.play(2500ms);
  CHECK(received(recording, 0).size() == count_sent(recording, 0));
  CHECK(received(recording, 1).size() == count_sent(recording, 1));
  CHECK(states_of(recording) == std::vector<std::string>{"connecting", "connected"});
}

TEST_CASE("A reset connection is told, and the next one carries on from another port") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kTcp, 10ms, Family::kIpv4);
  rig.after(200ms, [&] { rig.reject_tcp(true); });
  rig.after(400ms, [&] { rig.reject_tcp(false); });
  const auto recording = rig.play(1500ms);
  const auto states = states_of(recording);
  REQUIRE(states.size() >= 5);
  CHECK(states[2] == "reset");
  CHECK(states[3] == "connecting");
  CHECK(states.back() == "connected");
  for (const auto flow : std::vector<FlowId>{0, 1}) {
    const auto got = received(recording, flow);
    const auto sent = count_sent(recording, flow);
    CHECK(sent >= 148);
    CHECK(got.size() < sent);       // the outage shows in both directions,
    CHECK(got.contains(5));         // which worked before it
    CHECK(got.contains(sent - 1));  // and work after it,
    CHECK_FALSE(got.contains(40));  // but not while there was no connection.
  }
  for (const auto lateness : recording.sent.lateness)
    CHECK(lateness != SentColumns::kNotSent);
}

TEST_CASE("A refused connection is tried again") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kTcp, 10ms, Family::kIpv4);
  rig.reject_tcp(true);
  rig.after(200ms, [&] { rig.reject_tcp(false); });
  const auto states = states_of(rig.play(1200ms));
  CHECK(states == std::vector<std::string>{"connecting", "refused", "connecting", "connected"});
}

TEST_CASE("A remote desktop's requests are answered, at an irregular pace, with longer replies") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add_tcp(10ms, Family::kIpv4, {.seed = 5, .irregularity = 0.8, .longest_reply = 64});
  const auto recording = rig.play(600ms);
  CHECK(count_sent(recording, 0) >= 40);
  CHECK(received(recording, 1).size() == count_sent(recording, 1));
  CHECK(recording.received.size() == 2 * count_sent(recording, 0));  // no reply counts twice
}

TEST_CASE("An idle session is used once more at the end, and its keepalives find that it is lost") {
  const TcpPlan kept{
      .is_idle = true, .keepalive_after = 1s, .keepalive_every = 1s, .keepalive_count = 1};
  Rig calm;
  if (!calm.error().empty()) WANDRILL_SKIP(calm.error());
  calm.add_tcp(40s, Family::kIpv4, kept);
  calm.spread_phases();
  const auto whole = calm.play(1500ms);
  CHECK(count_sent(whole, 0) == 2);
  CHECK(received(whole, 1).size() == 2);
  CHECK(states_of(whole) == std::vector<std::string>{"connecting", "connected"});

  Rig cut;
  cut.add_tcp(40s, Family::kIpv4, kept);
  cut.spread_phases();
  cut.after(300ms, [&] { cut.set_link(false); });
  const auto states = states_of(cut.play(5s));
  CHECK(std::count(states.begin(), states.end(), "timed_out") >= 1);
  CHECK(states[1] == "connected");
}

}  // namespace
}  // namespace wandrill
