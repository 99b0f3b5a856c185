// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_tcp_phone_transport.hpp"

#include <cstring>

#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kReconnectAfter = 500ms;
/// Two SYNs of Linux, at 0 and 1 s.
constexpr Nanos kStandsWithin = 3s;
constexpr Nanos kPongTimeout = 10s;
constexpr const char* kPing = "\r\n\r\n";
constexpr int kMostPorts = 1000;

/// Ports follow one another: a random one might hit the NAT's entry for an old connection.
UniqueFd bind_to_next(const SessionPlan& session, const NetNs& where, std::uint16_t& port) {
  for (int tried = 1;; ++tried) {
    auto socket = open_socket(where, session.client.address.family(), SOCK_STREAM, session.dscp);
    const auto wanted = port++;
    try {
      bind_socket(socket.get(), session.client.address, wanted);
      return socket;
    } catch (const std::system_error& error) {
      if (error.code().value() != EADDRINUSE || tried == kMostPorts) throw;
    }
  }
}

}  // namespace

SipTcpPhoneTransport::SipTcpPhoneTransport(const TrafficContext& context,
                                           const SessionPlan& session, const NetNs& where,
                                           Events events)
    : context_{context},
      session_{session},
      where_{where},
      events_{std::move(events)},
      server_{session.server.address, session.of<SipPlan>()->pbx_port},
      next_port_{session.of<SipPlan>()->phone_port},
      retry_{context.timers, [this] { connect(); }},
      give_up_{context.timers,
               [this] {
                 lose(established_ ? "no answer to a keepalive" : "no answer to the connection");
               }},
      ping_{context.timers, [this] { ping(); }} {}

void SipTcpPhoneTransport::start() {
  running_ = true;
  connect();
}

void SipTcpPhoneTransport::connect() {
  if (!running_) return;
  auto socket = bind_to_next(session_, where_, next_port_);
  if (::connect(socket.get(), server_.get(), server_.length) != 0 && errno != EINPROGRESS)
    return retry_.set(Clock::now() + kReconnectAfter);
  connection_.emplace(std::move(socket), SipStream::End::kClient);
  watch_ = context_.poller.watch(connection_->fd(), EPOLLOUT, *this);
  give_up_.set(Clock::now() + kStandsWithin);
}

void SipTcpPhoneTransport::finish_connecting() {
  int reason = 0;
  socklen_t length = sizeof reason;
  ::getsockopt(connection_->fd(), SOL_SOCKET, SO_ERROR, &reason, &length);
  if (reason != 0) return lose(std::strerror(reason));
  give_up_.unset();
  established_ = true;
  watch_.change(EPOLLIN);
  ping_.set(Clock::now() + session_.of<SipPlan>()->keepalive);
  events_.up();
}

void SipTcpPhoneTransport::ping() {
  if (!established_) return;
  connection_->send(kPing);
  if (connection_->has_rest()) watch_.change(EPOLLIN | EPOLLOUT);
  give_up_.set(Clock::now() + kPongTimeout);
}

void SipTcpPhoneTransport::lose(const std::string& why) {
  give_up_.unset();
  ping_.unset();
  watch_ = {};
  connection_.reset();
  retry_.set(Clock::now() + kReconnectAfter);
  if (std::exchange(established_, false)) events_.down(why);
}

void SipTcpPhoneTransport::send(const std::string& text, const SocketAddress&) {
  if (!established_) return;
  connection_->send(text);
  if (connection_->has_rest()) watch_.change(EPOLLIN | EPOLLOUT);
}

void SipTcpPhoneTransport::ready(std::uint32_t) {
  if (!established_) return finish_connecting();
  if (connection_->flush()) watch_.change(EPOLLIN);
  const auto ending = connection_->read([&](SipStream::What what, std::string_view message) {
    if (what == SipStream::What::kMessage) return events_.take(message, server_);
    // RFC 5626 4.4.1: any answer shows that the flow lives; the next ping is due.
    give_up_.unset();
    ping_.set(Clock::now() + session_.of<SipPlan>()->keepalive);
  });
  if (ending) lose(*ending == 0 ? "closed by the far end" : std::strerror(*ending));
}

}  // namespace wandrill
