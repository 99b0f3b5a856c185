// SPDX-License-Identifier: Apache-2.0
#include "traffic/ping/ping_session.hpp"

#include <sys/epoll.h>

#include "protocol/icmp_echo.hpp"
#include "protocol/packet_header.hpp"

namespace wandrill {

PingSession::PingSession(const TrafficContext& context, const SessionPlan& plan,
                         const FindNetNs& find)
    : context_{context},
      plan_{plan},
      port_{find(plan.client.node),
            plan.client.address,
            {.protocol = icmp_of(plan.client.address.family()),
             .icmp_type = echo_reply_type(plan.client.address.family()),
             .dscp = plan.dscp}},
      watch_{context.poller.watch(port_.fd(), EPOLLIN, *this)},
      payload_(plan.payload_bytes) {}

PingSession::~PingSession() {
  stop();
}

void PingSession::start(Clock::time_point at) {
  running_ = true;
  context_.timers.add(at + plan_.phase, plan_.interval, *this);
}

void PingSession::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
}

void PingSession::due(Clock::time_point scheduled) {
  const auto now = Clock::now();
  const auto sequence = next_sequence_++;
  encode({.flow = plan_.up, .sequence = sequence, .nonce = context_.nonce}, payload_);
  const auto request = encode_icmp_echo(plan_.server.address.family(),
                                        {.id = plan_.client.port,
                                         .sequence = static_cast<std::uint16_t>(sequence),
                                         .data = payload_});
  const int refusal = port_.send(request, plan_.server.address);
  context_.flows.tried(plan_.down, sequence, scheduled, now, refusal);
}

void PingSession::ready(std::uint32_t /*events*/) {
  const auto read = Clock::now();
  const auto dropped = port_.receive([&](const RawPort::Packet& packet) { take(packet, read); });
  if (dropped > 0) context_.note_overflow(plan_.name, dropped);
}

/// A raw socket sees the replies to every other ping of its host too.
void PingSession::take(const RawPort::Packet& packet, Clock::time_point read) {
  const auto echo = decode_icmp_echo(plan_.server.address.family(), packet.bytes);
  if (!echo || !echo->is_reply || packet.source != plan_.server.address) return;
  const auto header = decode(echo->data);
  if (!header || header->flow != plan_.up || header->nonce != context_.nonce) return;
  if (header->sequence >= next_sequence_) return;
  context_.flows.received(plan_.down, header->sequence, context_.instant(packet.stamp, read), read);
}

}  // namespace wandrill
