// SPDX-License-Identifier: Apache-2.0
#include "traffic/forbidden_session.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <sys/epoll.h>

#include "record/recorder.hpp"
#include "traffic/packet_header.hpp"

namespace wandrill {
namespace {

constexpr Nanos kTellEvery = std::chrono::seconds{1};

std::string endpoint_text(const IpAddress& address, std::uint16_t port) {
  return address.family() == Family::kIpv4 ? fmt::format("{}:{}", to_string(address), port)
                                           : fmt::format("[{}]:{}", to_string(address), port);
}

}  // namespace

ForbiddenSession::ForbiddenSession(const TrafficContext& context, const SessionPlan& plan,
                                   const FindNetNs& find)
    : context_{context},
      plan_{plan},
      server_{find(plan.server.node), plan.server.address, plan.server.port, plan.dscp},
      client_{find(plan.client.node), plan.client.address, plan.client.port, plan.dscp},
      watch_{context.poller.watch(server_.fd(), EPOLLIN, *this)},
      payload_(std::max<std::size_t>(plan.payload_bytes, least_payload(plan.kind))) {}

ForbiddenSession::~ForbiddenSession() {
  stop();
}

void ForbiddenSession::start(Clock::time_point at) {
  running_ = true;
  context_.timers.add(at + plan_.phase, plan_.interval, *this);
}

void ForbiddenSession::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
}

void ForbiddenSession::due(Clock::time_point scheduled) {
  const auto sequence = next_sequence_++;
  encode_payload(plan_.kind, {plan_.up, sequence, context_.nonce}, payload_);
  const auto actual = Clock::now();
  // What the sender's own system refused has tried nothing: it must not count as stopped.
  if (client_.send(payload_, {plan_.server.address, plan_.server.port}) == 0)
    context_.book.sent(plan_.up, sequence, scheduled, actual);
  else
    context_.book.refused(plan_.up, sequence, scheduled);
}

void ForbiddenSession::ready(std::uint32_t) {
  const auto read = Clock::now();
  const auto dropped = server_.receive([&](const UdpPort::Datagram& d) { take(d, read); });
  if (dropped > 0) context_.note_overflow(plan_.name, dropped);
}

void ForbiddenSession::take(const UdpPort::Datagram& datagram, Clock::time_point read) {
  const auto header = decode_payload(plan_.kind, datagram.payload);
  if (!header || header->nonce != context_.nonce || header->flow != plan_.up) return;
  const auto at = context_.instant(datagram.stamp, read);
  context_.book.received(plan_.up, header->sequence, at, read);
  ++untold_;
  tell(datagram.source, datagram.payload.size(), at);
}

void ForbiddenSession::tell(const SocketAddress& source, std::size_t bytes, Clock::time_point at) {
  if (told_at_ != Clock::time_point{} && at - told_at_ < kTellEvery) return;
  told_at_ = at;
  context_.book.recorder().add(PolicyEvent{
      .at = context_.book.origin().at(at),
      .rule = "forbidden",
      .direction = "up",
      .session = plan_.name,
      .packet = fmt::format("UDP {} > {}, {} bytes", endpoint_text(source.address(), source.port()),
                            endpoint_text(plan_.server.address, plan_.server.port), bytes),
      .count = std::exchange(untold_, 0)});
}

}  // namespace wandrill
