// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/program_watch.hpp"

namespace wandrill {
namespace {

/// How long a packet that was seen to arrive waits until it is seen to have left.
constexpr Nanos kPatience = std::chrono::milliseconds{200};

}  // namespace

ProgramWatch::ProgramWatch(const TrafficContext& context, const TrafficPlan& plan)
    : context_{context}, plan_{plan}, ways_(plan.flows.size()) {
  for (const auto& session : plan.sessions)
    if (session.of<ExecPlan>()) any_ = true;
}

void ProgramWatch::take(const Passing& passing, const IpPacket& packet) {
  const auto& session = plan_.sessions[passing.session];
  const auto& own = passing.end == End::kClient ? session.client : session.server;
  const auto& address = passing.outgoing ? packet.source : packet.destination;
  if (packet.protocol != kProtocolUdp || address != own.address) return;
  const auto head = read_rtp(packet.payload);
  if (!head) return;
  const bool is_up = (passing.end == End::kClient) == passing.outgoing;
  const auto flow = is_up ? session.up : session.down;
  auto& way = ways_[flow];
  if (passing.outgoing) {
    if (const auto number = way.numbers.sent(*head))
      context_.book.sent(flow, *number, passing.stamp, passing.stamp);
  } else {
    way.early.push_back({*head, passing.stamp, passing.read});
  }
  arrive(way, flow, passing.read);
}

void ProgramWatch::arrive(Way& way, FlowId flow, Clock::time_point now) {
  while (!way.early.empty()) {
    const auto& [head, stamp, read] = way.early.front();
    const auto number = way.numbers.number_of(head);
    if (number)
      context_.book.received(flow, *number, stamp, read);
    else if (now - stamp < kPatience)
      return;
    way.early.pop_front();
  }
}

std::optional<ProgramWatch::Known> ProgramWatch::recognise(Direction direction,
                                                           const IpPacket& packet) const {
  if (!any_ || packet.protocol != kProtocolUdp) return std::nullopt;
  const bool is_up = direction == Direction::kUp;
  for (const auto& session : plan_.sessions) {
    if (!session.of<ExecPlan>()) continue;
    if ((is_up ? packet.destination : packet.source) != session.server.address) continue;
    const auto head = read_rtp(packet.payload);
    if (!head) continue;
    const auto flow = is_up ? session.up : session.down;
    if (const auto number = ways_[flow].numbers.number_of(*head)) return Known{flow, *number};
  }
  return std::nullopt;
}

}  // namespace wandrill
