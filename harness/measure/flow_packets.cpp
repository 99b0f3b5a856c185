// SPDX-License-Identifier: Apache-2.0
#include "measure/flow_packets.hpp"

#include <algorithm>

namespace wandrill {
namespace {

/// Sequences are dense; a number far beyond the rows of its flow is damage, not a packet.
constexpr std::uint64_t kSpare = 1024;
constexpr std::uint64_t kMostHoles = 8;

RunTime instant(std::int64_t nanoseconds) {
  return RunTime{Nanos{nanoseconds}};
}

void make_room(std::vector<FlowPackets>& flows, const SentColumns& sent) {
  std::vector<std::uint64_t> rows(flows.size());
  std::vector<std::uint64_t> sizes(flows.size());
  for (const auto flow : sent.flow)
    if (flow < rows.size()) ++rows[flow];
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const auto flow = sent.flow[i];
    if (flow < rows.size() && sent.sequence[i] < rows[flow] * kMostHoles + kSpare)
      sizes[flow] = std::max(sizes[flow], sent.sequence[i] + 1);
  }
  for (std::size_t flow = 0; flow < flows.size(); ++flow) {
    auto& packets = flows[flow];
    packets.scheduled.resize(sizes[flow]);
    packets.lateness.resize(sizes[flow]);
    packets.arrived.resize(sizes[flow]);
    packets.fate.resize(sizes[flow], PacketFate::kNotSent);
    packets.arrivals.reserve(sizes[flow]);
  }
}

void take_sent(std::vector<FlowPackets>& flows, const SentColumns& sent) {
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (sent.flow[i] >= flows.size()) continue;
    auto& packets = flows[sent.flow[i]];
    const auto sequence = sent.sequence[i];
    if (sequence >= packets.size()) continue;
    packets.scheduled[sequence] = instant(sent.scheduled[i]);
    if (sent.lateness[i] == SentColumns::kNotSent) continue;
    packets.lateness[sequence] = sent.lateness[i];
    packets.fate[sequence] = PacketFate::kLost;
  }
  // A row that is missing still has its place in the schedule, which must stay in order.
  for (auto& packets : flows)
    for (std::size_t i = 1; i < packets.size(); ++i)
      if (packets.fate[i] == PacketFate::kNotSent && packets.scheduled[i] == RunTime{})
        packets.scheduled[i] = packets.scheduled[i - 1] + packets.interval;
}

void take_received(std::vector<FlowPackets>& flows, const ReceivedColumns& received) {
  for (std::size_t i = 0; i < received.size(); ++i) {
    if (received.flow[i] >= flows.size()) continue;
    auto& packets = flows[received.flow[i]];
    const auto sequence = received.sequence[i];
    if (sequence >= packets.size() || packets.fate[sequence] == PacketFate::kNotSent) continue;
    const auto at = instant(received.at[i]);
    if (packets.fate[sequence] != PacketFate::kLost) {
      packets.duplicates.push_back(static_cast<std::uint32_t>(sequence));
      packets.arrived[sequence] = std::min(packets.arrived[sequence], at);
      continue;
    }
    packets.fate[sequence] = PacketFate::kArrived;
    packets.arrived[sequence] = at;
    packets.arrivals.push_back(static_cast<std::uint32_t>(sequence));
  }
}

void decide_fates(FlowPackets& packets, Nanos late_after, RunTime end) {
  const auto by_arrival = [&](std::uint32_t a, std::uint32_t b) {
    return packets.arrived[a] < packets.arrived[b];
  };
  if (!std::is_sorted(packets.arrivals.begin(), packets.arrivals.end(), by_arrival))
    std::stable_sort(packets.arrivals.begin(), packets.arrivals.end(), by_arrival);
  for (std::size_t i = 0; i < packets.size(); ++i) {
    auto& fate = packets.fate[i];
    if (fate == PacketFate::kArrived && packets.delay(i) > late_after) fate = PacketFate::kLate;
    if (fate == PacketFate::kLost && packets.scheduled[i] + late_after > end)
      fate = PacketFate::kUnknown;
  }
}

}  // namespace

FlowPackets::Range FlowPackets::within(const TimeSpan& span) const {
  const auto from = std::lower_bound(scheduled.begin(), scheduled.end(), span.from);
  const auto until = std::lower_bound(from, scheduled.end(), span.until);
  return {static_cast<std::size_t>(from - scheduled.begin()),
          static_cast<std::size_t>(until - scheduled.begin())};
}

std::vector<FlowPackets> index_packets(const TrafficPlan& traffic, const Recording& recording,
                                       RunTime end) {
  std::vector<FlowPackets> flows(traffic.flows.size());
  for (const auto& flow : traffic.flows)
    flows[flow.id].interval = traffic.session_of(flow.id).interval;
  make_room(flows, recording.sent);
  take_sent(flows, recording.sent);
  take_received(flows, recording.received);
  for (const auto& flow : traffic.flows)
    decide_fates(flows[flow.id], traffic.session_of(flow.id).late_after, end);
  return flows;
}

}  // namespace wandrill
