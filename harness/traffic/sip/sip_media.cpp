// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_media.hpp"

#include <algorithm>

#include <sys/epoll.h>

#include "traffic/session_payload.hpp"

namespace wandrill {
namespace {

constexpr std::uint8_t kPcmuSilence = 0xff;

const EndpointPlan& endpoint(const SessionPlan& session, SipMedia::Role role) {
  return role == SipMedia::Role::kPhone ? session.client : session.server;
}

}  // namespace

SipMedia::SipMedia(const TrafficContext& context, const SessionPlan& session, Role role,
                   const NetNs& where)
    : context_{context},
      session_{session},
      role_{role},
      sends_{role == Role::kPhone ? session.up : session.down},
      receives_{role == Role::kPhone ? session.down : session.up},
      port_{where, endpoint(session, role).address, endpoint(session, role).port, session.dscp},
      watch_{context.poller.watch(port_.fd(), EPOLLIN, *this)},
      latch_{*session.of<SipPlan>()},
      format_{rtp_format_of(session)},
      payload_(std::max<std::size_t>(session.payload_bytes, least_payload(session.kind)),
               kPcmuSilence) {}

SipMedia::~SipMedia() {
  stop();
}

void SipMedia::start(Clock::time_point first) {
  running_ = true;
  context_.timers.add(first, session_.interval, *this);
}

void SipMedia::stop() {
  speaks_ = false;
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
}

void SipMedia::speak(const IpAddress& signalled_from) {
  move(signalled_from);
  last_voice_.reset();
  speaks_ = true;
}

void SipMedia::move(const IpAddress& signalled_from) {
  latch_.signalled(signalled_from, context_.flows.origin().at(Clock::now()));
}

void SipMedia::due(Clock::time_point scheduled) {
  const SocketAddress server{session_.server.address, session_.server.port};
  const auto* peer = role_ == Role::kPhone ? &server : latch_.peer();
  if (!speaks_ || peer == nullptr) return;
  encode_payload(session_.kind, {sends_, next_sequence_, context_.nonce}, payload_, format_);
  const auto actual = Clock::now();
  const int refusal = port_.send(payload_, *peer);
  context_.flows.tried(sends_, next_sequence_, scheduled, actual, refusal);
  ++next_sequence_;
}

void SipMedia::ready(std::uint32_t) {
  const auto read = Clock::now();
  const auto dropped = port_.receive([&](const UdpPort::Datagram& d) { take(d, read); });
  if (dropped > 0) context_.note_overflow(session_.name, dropped);
}

void SipMedia::take(const UdpPort::Datagram& datagram, Clock::time_point read) {
  const auto header = decode_payload(session_.kind, datagram.payload);
  if (!header || header->nonce != context_.nonce || header->flow != receives_) return;
  const auto at = context_.instant(datagram.stamp, read);
  const auto now = context_.flows.origin().at(at);
  // What the far end does not take, its listener does not hear.
  if (role_ == Role::kPbx && !latch_.offer(datagram.source, header->sequence, now)) return;
  last_voice_ = now;
  context_.flows.received(receives_, header->sequence, at, read);
}

}  // namespace wandrill
