// SPDX-License-Identifier: Apache-2.0
#include "traffic/exec/program_streams.hpp"

namespace wandrill {
namespace {

/// How long a packet that was seen to arrive waits until it is seen to have left.
constexpr Nanos kPatience = std::chrono::milliseconds{200};

}  // namespace

void ProgramStreams::take(const Passing& passing, const IpPacket& packet) {
  const auto& own = passing.end == End::kClient ? session_.client : session_.server;
  const auto& address = passing.outgoing ? packet.source : packet.destination;
  if (packet.protocol != kProtocolUdp || address != own.address) return;
  const auto head = read_rtp(packet.payload);
  if (!head) return;
  const bool is_up = (passing.end == End::kClient) == passing.outgoing;
  auto& way = is_up ? up_ : down_;
  if (passing.outgoing) {
    if (const auto number = way.numbers.sent(*head))
      context_.flows.sent(way.flow, *number, passing.stamp, passing.stamp);
  } else {
    way.early.push_back({*head, passing.stamp, passing.read});
  }
  arrive(way, passing.read);
}

void ProgramStreams::arrive(Way& way, Clock::time_point now) {
  while (!way.early.empty()) {
    const auto& [head, stamp, read] = way.early.front();
    const auto number = way.numbers.number_of(head);
    if (number)
      context_.flows.received(way.flow, *number, stamp, read);
    else if (now - stamp < kPatience)
      return;
    way.early.pop_front();
  }
}

std::optional<std::uint64_t> ProgramStreams::number_of(Direction direction,
                                                       const IpPacket& packet) const {
  const auto head = read_rtp(packet.payload);
  if (!head) return std::nullopt;
  return (direction == Direction::kUp ? up_ : down_).numbers.number_of(*head);
}

WanListener::Filter ProgramListener::filter() const {
  return {.end = {session_.server.address}, .protocol = kProtocolUdp};
}

bool ProgramListener::take(const WanPassing& passing, const IpPacket& packet) {
  const auto number = streams_.number_of(passing.direction, packet);
  if (!number) return false;
  context_.flows.tapped({.flow = passing.direction == Direction::kUp ? session_.up : session_.down,
                         .sequence = *number,
                         .stamp = passing.stamp,
                         .wan = passing.wan,
                         .direction = passing.direction,
                         .source = packet.source});
  return true;
}

bool ProgramListener::is_own(Direction direction, const IpPacket& packet) const {
  return streams_.number_of(direction, packet).has_value();
}

}  // namespace wandrill
