// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>
#include <thread>

#include "base/testing/catch.hpp"
#include "traffic/testing/rig.hpp"
#include "traffic/traffic.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;
using testing::Rig;

struct Sums {
  std::vector<std::uint64_t> sent;
  std::vector<std::int64_t> scheduled;
  std::set<std::uint64_t> received;
};

Sums sums_of(const Recording& recording, FlowId flow) {
  Sums sums;
  for (std::size_t i = 0; i < recording.sent.size(); ++i) {
    if (recording.sent.flow[i] != flow) continue;
    sums.sent.push_back(recording.sent.sequence[i]);
    sums.scheduled.push_back(recording.sent.scheduled[i]);
  }
  for (std::size_t i = 0; i < recording.received.size(); ++i)
    if (recording.received.flow[i] == flow) sums.received.insert(recording.received.sequence[i]);
  return sums;
}

/// What did not come within 100 ms of its schedule: a neighbour queue gives some back much later.
std::vector<std::uint64_t> missing_of(const Recording& recording, FlowId flow) {
  const auto sums = sums_of(recording, flow);
  std::set<std::uint64_t> missing{sums.sent.begin(), sums.sent.end()};
  for (std::size_t i = 0; i < recording.received.size(); ++i) {
    const auto sequence = recording.received.sequence[i];
    if (recording.received.flow[i] == flow &&
        Nanos{recording.received.at[i] - sums.scheduled[sequence]} < 100ms)
      missing.erase(sequence);
  }
  return {missing.begin(), missing.end()};
}

/// At least so many packets are sent in `time`: this machine may hold up the start and the end.
std::size_t surely_sent(Nanos time, Nanos interval) {
  constexpr Nanos kHeldUp = 100ms;
  return static_cast<std::size_t>((time - kHeldUp) / interval);
}

void check_all_arrived(const Sums& sums, std::size_t at_least) {
  CHECK(sums.sent.size() >= at_least);
  CHECK(sums.received.size() == sums.sent.size());
  for (std::size_t i = 0; i < sums.sent.size(); ++i)
    CHECK(sums.sent[i] == i);
}

void check_schedule(const Sums& sums, Nanos interval) {
  for (std::size_t i = 1; i < sums.scheduled.size(); ++i)
    CHECK(sums.scheduled[i] - sums.scheduled[i - 1] == interval.count());
}

std::vector<TesterEvent> tester_events(const Recording& recording, const std::string& kind) {
  std::vector<TesterEvent> found;
  for (const auto& event : recording.events)
    if (const auto* tester = std::get_if<TesterEvent>(&event); tester && tester->kind == kind)
      found.push_back(*tester);
  return found;
}

TEST_CASE("Every packet of both directions arrives on a clean link, over both families") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  for (const auto family : {Family::kIpv4, Family::kIpv6}) {
    rig.add(TrafficKind::kRtp, 20ms, family);
    rig.add(TrafficKind::kProbe, 1ms, family);
  }
  const auto recording = rig.play(400ms);
  for (const auto& session : rig.plan().sessions) {
    for (const auto flow : {session.up, session.down}) {
      const auto sums = sums_of(recording, flow);
      check_all_arrived(sums, surely_sent(400ms, session.interval));
      check_schedule(sums, session.interval);
    }
  }
  for (std::size_t i = 0; i < recording.received.size(); ++i) {
    CHECK(recording.received.read_delay[i] >= 0);
  }
}

TEST_CASE("Every ping is answered on a clean link, over both families, and none is another's") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  for (const auto family : {Family::kIpv4, Family::kIpv4, Family::kIpv6})
    rig.add(TrafficKind::kPing, 10ms, family);
  const auto recording = rig.play(400ms);
  for (const auto& session : rig.plan().sessions) {
    const auto replies = sums_of(recording, session.down);
    check_all_arrived(replies, surely_sent(400ms, session.interval));
    check_schedule(replies, session.interval);
    CHECK(sums_of(recording, session.up).sent.empty());
  }
  CHECK(tester_events(recording, "overflow").empty());
}

TEST_CASE("A loop that was held up sends everything it missed, on its own schedule, and says so") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kProbe, 5ms, Family::kIpv4);
  rig.after(100ms, [] { std::this_thread::sleep_for(80ms); });
  const auto recording = rig.play(300ms);
  const auto sums = sums_of(recording, rig.plan().sessions[0].up);
  check_all_arrived(sums, surely_sent(300ms, 5ms));
  check_schedule(sums, 5ms);
  const auto latest =
      *std::max_element(recording.sent.lateness.begin(), recording.sent.lateness.end());
  CHECK(Nanos{latest} >= 70ms);
  const auto stalls = tester_events(recording, "stall");
  REQUIRE_FALSE(stalls.empty());
  CHECK(std::any_of(stalls.begin(), stalls.end(),
                    [](const TesterEvent& e) { return e.until - e.at >= 70ms; }));
}

TEST_CASE("A cut of the link is one hole in the sequence of each flow") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kProbe, 5ms, Family::kIpv4);
  rig.add(TrafficKind::kRtp, 20ms, Family::kIpv4);
  Clock::time_point cut;
  Clock::time_point healed;
  rig.after(300ms, [&] {
    cut = Clock::now();
    rig.set_link(false);
  });
  rig.after(800ms, [&] {
    rig.set_link(true);
    healed = Clock::now();
  });
  const auto recording = rig.play(1300ms);
  for (const auto& flow : rig.plan().flows) {
    const auto sums = sums_of(recording, flow.id);
    const auto interval = rig.plan().session_of(flow.id).interval;
    const auto missing = missing_of(recording, flow.id);
    INFO(flow.name);
    REQUIRE_FALSE(missing.empty());
    CHECK(missing.back() - missing.front() + 1 == missing.size());
    const auto hole = interval * missing.size();
    CHECK(hole >= (healed - cut) - 100ms - 2 * interval);
    CHECK(RunInstant{Nanos{sums.scheduled[missing.front()]}} >=
          rig.origin().at(cut) - interval - 30ms);
  }
}

TEST_CASE("The live view tells lossless time, loss and silence") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kProbe, 5ms, Family::kIpv4);
  rig.after(250ms, [&] {
    const auto since = rig.traffic().lossless_since(0);
    REQUIRE(since);
    CHECK(*since <= rig.origin().at(rig.started() + 5ms));
    rig.set_link(false);
  });
  rig.after(900ms, [&] {
    CHECK_FALSE(rig.traffic().lossless_since(0));
    CHECK(rig.traffic().view(0).up.recent_loss.value_or(0) > 0.0);
    rig.set_link(true);
  });
  rig.after(1700ms, [&] {
    const auto since = rig.traffic().lossless_since(0);
    REQUIRE(since);
    CHECK((*since - rig.origin().at(rig.started())) / 1ms >=
          690);  // of the cut's packets, some were only held up
  });
  rig.play(1750ms);
}

TEST_CASE("A tap sees every packet of both directions, with its source") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  for (const auto family : {Family::kIpv4, Family::kIpv6}) {
    rig.add(TrafficKind::kRtp, 20ms, family);
    rig.add(TrafficKind::kTcp, 20ms, family);
  }
  rig.before_start([&](Traffic& traffic) {
    traffic.add_tap({.number = 3, .name = "wan", .networks = {}}, rig.server(), "cable");
  });
  rig.after(250ms, [&] {
    const auto view = rig.traffic().view(0);
    REQUIRE(view.up_wan);
    CHECK(view.up_wan->wan == 3);
    CHECK(view.down_wan.has_value());
  });
  const auto recording = rig.play(300ms);
  for (const auto& flow : rig.plan().flows) {
    std::set<std::uint64_t> tapped;
    const auto& session = rig.plan().session_of(flow.id);
    const auto& from = flow.direction == Direction::kUp ? session.client : session.server;
    for (std::size_t i = 0; i < recording.tapped.size(); ++i) {
      if (recording.tapped.flow[i] != flow.id) continue;
      tapped.insert(recording.tapped.sequence[i]);
      CHECK(recording.tapped.wan[i] == 3);
      CHECK(recording.tapped.direction[i] == (flow.direction == Direction::kUp ? 0 : 1));
      CHECK(recording.addresses[recording.tapped.source[i]] == from.address);
    }
    CHECK(tapped == sums_of(recording, flow.id).received);
  }
}

TEST_CASE("Echo requests are answered from the address they were sent to") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  for (const auto family : {Family::kIpv4, Family::kIpv6}) {
    rig.before_start(
        [&](Traffic& traffic) { traffic.add_echo(rig.server(), rig.server_address(family)); });
    UdpPort asker{rig.client(), rig.client_address(family), 0, 0};
    const std::array<std::uint8_t, 3> question{1, 2, 3};
    const SocketAddress target{rig.server_address(family), 7};
    rig.forget_actions();
    rig.after(10ms, [&] { CHECK(asker.send(question, target) == 0); });
    rig.play(20ms);
    int answers = 0;
    asker.receive([&](const UdpPort::Datagram& answer) {
      ++answers;
      CHECK(std::equal(answer.payload.begin(), answer.payload.end(), question.begin(),
                       question.end()));
      CHECK(answer.source.address() == target.address());
      CHECK(answer.source.port() == 7);
      CHECK(answer.stamp.tv_sec > 0);
    });
    CHECK(answers == 1);
  }
}

TEST_CASE("Traffic can go away while it runs and leaves no descriptor") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kRtp, 20ms, Family::kIpv4);
  rig.add(TrafficKind::kProbe, 1ms, Family::kIpv6);
  rig.add(TrafficKind::kTcp, 5ms, Family::kIpv4);
  std::size_t before = 0;
  std::size_t after = 0;
  rig.after(100ms, [&] {
    before = testing::open_descriptors();
    rig.destroy_traffic();
    after = testing::open_descriptors();
  });
  const auto recording = rig.play(200ms);
  // Four of UDP; a listener and both ends of a connection; the engine's timer and poller.
  CHECK(before - after == 4 + 3 + 2);
  for (const auto stamp : recording.sent.scheduled)
    CHECK(RunInstant{Nanos{stamp}} <= rig.origin().at(rig.started() + 150ms));
}

}  // namespace
}  // namespace wandrill
