// SPDX-License-Identifier: Apache-2.0
#include "traffic/udp/udp_end.hpp"

#include <algorithm>

#include <sys/epoll.h>

#include "traffic/session_payload.hpp"

namespace wandrill {
namespace {

constexpr std::uint8_t kPcmuSilence = 0xff;

const EndpointPlan& endpoint(const SessionPlan& session, UdpEnd::Role role) {
  return role == UdpEnd::Role::kClient ? session.client : session.server;
}

}  // namespace

Clock::time_point next_on_schedule(Clock::time_point first, Nanos interval, Clock::time_point now) {
  if (now <= first) return first;
  const auto missed = (now - first + interval - Nanos{1}) / interval;
  return first + missed * interval;
}

UdpEnd::UdpEnd(const TrafficContext& context, const SessionPlan& session, Role role,
               const NetNs& where)
    : context_{context},
      session_{session},
      role_{role},
      sends_{role == Role::kClient ? session.up : session.down},
      receives_{role == Role::kClient ? session.down : session.up},
      port_{where, endpoint(session, role).address, endpoint(session, role).port, session.dscp,
            binding_of(session)},
      watch_{context.poller.watch(port_.fd(), EPOLLIN, *this)},
      format_{rtp_format_of(session)},
      payload_(std::max<std::size_t>(session.payload_bytes, least_payload(session.kind)),
               kPcmuSilence) {
  if (role == Role::kClient) latch_.offer({session.server.address, session.server.port}, 0);
}

UdpEnd::~UdpEnd() {
  stop();
}

void UdpEnd::start(Clock::time_point first) {
  first_ = first;
  running_ = true;
  if (role_ == Role::kClient) context_.timers.add(first, session_.interval, *this);
}

void UdpEnd::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
}

void UdpEnd::due(Clock::time_point scheduled) {
  encode_payload(session_.kind, {sends_, next_sequence_, context_.nonce}, payload_, format_);
  const auto actual = Clock::now();
  const int refusal = port_.send(payload_, *latch_.peer());
  context_.flows.tried(sends_, next_sequence_, scheduled, actual, refusal);
  ++next_sequence_;
}

void UdpEnd::ready(std::uint32_t) {
  const auto read = Clock::now();
  const auto dropped = port_.receive([&](const UdpPort::Datagram& d) { take(d, read); });
  if (dropped > 0) context_.note_overflow(session_.name, dropped);
}

void UdpEnd::take(const UdpPort::Datagram& datagram, Clock::time_point read) {
  const auto header = decode_payload(session_.kind, datagram.payload);
  if (!header || header->nonce != context_.nonce || header->flow != receives_) return;
  context_.flows.received(receives_, header->sequence, context_.instant(datagram.stamp, read),
                          read);
  if (role_ == Role::kServer) follow(datagram.source, header->sequence);
}

void UdpEnd::follow(const SocketAddress& source, std::uint64_t sequence) {
  if (latch_.offer(source, sequence) != Latch::Change::kFirst || !running_) return;
  context_.timers.add(next_on_schedule(first_, session_.interval, Clock::now()), session_.interval,
                      *this);
}

}  // namespace wandrill
