// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp/tcp_client.hpp"

#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "record/recorder.hpp"
#include "traffic/tcp/tcp_port.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kBackoff = 500ms;
/// Two SYNs of Linux (at 0 and 1 s): applications give up where the kernel would go on for minutes.
constexpr Nanos kConnectTimeout = 3s;

std::string state_for(int reason, bool connected) {
  if (reason == 0) return "closed";
  if (reason == ETIMEDOUT) return "timed_out";
  // What stood and was given up has the last ICMP error that it met on the way (tcp(7)).
  if (connected && (reason == EHOSTUNREACH || reason == ENETUNREACH)) return "timed_out";
  return connected ? "reset" : "refused";
}

}  // namespace

TcpClient::TcpClient(const TrafficContext& context, const SessionPlan& session, const NetNs& where)
    : context_{context},
      session_{session},
      where_{where},
      pace_{session},
      next_port_{session.client.port},
      retry_{context.timers, [this] { connect(); }},
      give_up_{context.timers, [this] { lose(ETIMEDOUT, "timed_out"); }},
      sampler_{context, session.name, "client"} {}

TcpClient::~TcpClient() {
  stop();
}

void TcpClient::start(Clock::time_point first) {
  running_ = true;
  connect();
  context_.timers.add(first, is_irregular() ? Nanos::zero() : session_.interval, *this);
}

void TcpClient::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
  if (session_.of<TcpPlan>() && session_.of<TcpPlan>()->is_idle && next_sequence_ > 0)
    ask(Clock::now());
}

void TcpClient::tell(const std::string& state, const std::string& detail) const {
  const auto now = context_.flows.origin().at(Clock::now());
  context_.flows.recorder().add(SessionEvent{now, session_.name, state, detail});
}

void TcpClient::keep_alive(int socket) const {
  if (!session_.of<TcpPlan>() || session_.of<TcpPlan>()->keepalive_count == 0) return;
  const auto set = [&](int level, int option, int value) {
    check(::setsockopt(socket, level, option, &value, sizeof value), "set up TCP keepalives");
  };
  const auto seconds = [](Nanos time) {
    return static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(time).count());
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, seconds(session_.of<TcpPlan>()->keepalive_after));
  set(IPPROTO_TCP, TCP_KEEPINTVL, seconds(session_.of<TcpPlan>()->keepalive_every));
  set(IPPROTO_TCP, TCP_KEEPCNT, static_cast<int>(session_.of<TcpPlan>()->keepalive_count));
}

void TcpClient::connect() {
  if (!running_) return;
  auto socket = bind_to_next_port(session_, where_, next_port_);
  keep_alive(socket.get());
  const auto& server = session_.server;
  const SocketAddress peer{server.address, server.port};
  tell("connecting", fmt::format("to {} port {}", to_string(server.address), server.port));
  if (::connect(socket.get(), peer.get(), peer.length) != 0 && errno != EINPROGRESS)
    return lose(errno, state_for(errno, false));
  connection_.emplace(std::move(socket), session_.payload_bytes);
  watch_ = context_.poller.watch(connection_->fd(), EPOLLOUT, *this);
  give_up_.set(Clock::now() + kConnectTimeout);
}

void TcpClient::finish_connecting() {
  int reason = 0;
  socklen_t length = sizeof reason;
  ::getsockopt(connection_->fd(), SOL_SOCKET, SO_ERROR, &reason, &length);
  if (reason != 0) return lose(reason, state_for(reason, false));
  give_up_.unset();
  connected_ = true;
  watch_.change(EPOLLIN);
  tell("connected", "");
}

void TcpClient::lose(int reason, const std::string& state) {
  tell(state, reason == 0 ? "" : std::strerror(reason));
  give_up_.unset();
  watch_ = {};
  connection_.reset();
  connected_ = false;
  retry_.set(Clock::now() + kBackoff);
}

void TcpClient::due(Clock::time_point scheduled) {
  ask(scheduled);
  if (is_irregular()) context_.timers.add(scheduled + pace_.next_gap(), Nanos::zero(), *this);
}

void TcpClient::ask(Clock::time_point scheduled) {
  const auto actual = Clock::now();
  const auto sequence = next_sequence_++;
  context_.flows.sent(session_.up, sequence, scheduled, actual);
  context_.flows.sent(session_.down, sequence, scheduled, actual);
  if (!connected_) return;
  sampler_.look_at(connection_->fd(), actual);
  connection_->write({session_.up, sequence, context_.nonce});
  if (connection_->has_rest()) watch_.change(EPOLLIN | EPOLLOUT);
}

void TcpClient::ready(std::uint32_t) {
  if (!connected_) return finish_connecting();
  if (connection_->flush()) watch_.change(EPOLLIN);
  const auto read = Clock::now();
  const auto ending = connection_->read([&](const PacketHeader& header, const timespec& stamp) {
    if (header.nonce != context_.nonce || header.flow != session_.down) return;
    context_.flows.received(session_.down, header.sequence, context_.instant(stamp, read), read);
  });
  if (ending) lose(*ending, state_for(*ending, true));
}

}  // namespace wandrill
