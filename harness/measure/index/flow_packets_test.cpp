// SPDX-License-Identifier: Apache-2.0
#include "measure/index/flow_packets.hpp"

#include "base/testing/catch.hpp"
#include "measure/index/packet_index.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

FlowPackets ten_sent() {
  FlowPackets packets{20ms, 2s};
  for (std::size_t i = 0; i < 10; ++i)
    packets.take_sent(i, RunInstant{20ms * i}, 1000);
  return packets;
}

std::vector<std::size_t> arrivals_of(const FlowPackets& packets,
                                     const std::vector<FlowPackets::Range>& ranges) {
  std::vector<std::size_t> sequences;
  packets.visit_arrivals(ranges, [&](std::size_t sequence) { sequences.push_back(sequence); });
  return sequences;
}

}  // namespace

TEST_CASE("Each packet has its fate, those that took longer than 32 bits can say among them") {
  auto packets = ten_sent();
  packets.take_refused(10, RunInstant{200ms});
  packets.take_received(0, RunInstant{5ms});
  packets.take_received(1, RunInstant{2s + 20ms + 1000ns});
  packets.take_received(2, RunInstant{2s + 40ms + 1001ns});
  packets.take_received(3, RunInstant{1min});
  packets.take_received(4, RunInstant{-5s});
  packets.take_received(10, RunInstant{5s});  // never sent
  packets.take_received(99, RunInstant{5s});  // of no flow
  packets.finish(RunInstant{2s + 160ms});
  using enum PacketOutcome;
  const std::vector<PacketOutcome> wanted{kArrived, kArrived, kLate, kLate,    kArrived, kLost,
                                          kLost,    kLost,    kLost, kUnknown, kNotSent};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    CAPTURE(i);
    CHECK(packets.fate(i) == wanted[i]);
  }
  CHECK(packets.delay(0) == 5ms - 1000ns);
  CHECK(packets.arrived(3) == RunInstant{1min});
  CHECK(packets.arrived(4) == RunInstant{-5s});
}

TEST_CASE("Packets are visited as they came, within the ranges asked for") {
  auto packets = ten_sent();
  const std::vector<std::size_t> order{0, 1, 4, 5, 2, 7, 6, 9, 8};
  for (std::size_t i = 0; i < order.size(); ++i)
    packets.take_received(order[i], RunInstant{1s + 1ms * i});
  packets.finish(RunInstant{5s});
  CHECK(arrivals_of(packets, {{0, 10}}) == order);
  CHECK(arrivals_of(packets, {{1, 3}, {6, 10}}) == std::vector<std::size_t>{1, 2, 7, 6, 9, 8});
}

TEST_CASE("Of several arrivals the first one counts, the others are duplicates") {
  auto packets = ten_sent();
  packets.take_received(3, RunInstant{70ms});
  packets.take_received(3, RunInstant{65ms});
  packets.take_received(3, RunInstant{90ms});
  packets.finish(RunInstant{5s});
  CHECK(packets.arrived(3) == RunInstant{65ms});
  CHECK(packets.duplicates() == std::vector<std::uint32_t>{3, 3});
}

TEST_CASE("A number far beyond the rows of its flow is no packet, but its lateness counts") {
  TrafficPlan traffic;
  traffic.sessions = {{.name = "call", .interval = 20ms}};
  traffic.flows = {{.id = 0, .name = "call.up", .session = 0}};
  Recording recording;
  recording.sent.append(0, 1'000'000, RunInstant{}, 7);
  recording.sent.append(0, 0, RunInstant{}, 8);
  recording.sent.append(9, 0, RunInstant{20ms}, 9);
  recording.sent.append(0, 1030, RunInstant{20s}, SentColumns::kNotSent);
  const auto index = index_packets(traffic, recording);
  REQUIRE(index.flows.size() == 1);
  CHECK(index.flows[0].size() == 1031);
  CHECK(index.stray_lateness == std::vector<std::int32_t>{9, 7});
  CHECK(index.refused == 1);
  CHECK(index.last_scheduled == RunInstant{20s});
  CHECK_FALSE(index.last_received);
}

}  // namespace wandrill
