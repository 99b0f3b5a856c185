// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp/tcp_server.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include "traffic/tcp/tcp_port.hpp"

namespace wandrill {
TcpServer::TcpServer(const TrafficContext& context, const SessionPlan& session, const NetNs& where)
    : context_{context},
      session_{session},
      pace_{session},
      listener_{listen_at_server(session, where)},
      watch_{context.poller.watch(listener_.get(), EPOLLIN, *this)} {}

void TcpServer::ready(std::uint32_t) {
  // One that died in the queue is no error of ours; level triggering brings further ones.
  UniqueFd socket{::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
  if (socket) peer_ = std::make_unique<Peer>(*this, std::move(socket));
}

TcpServer::Peer::Peer(TcpServer& server, UniqueFd socket)
    : server_{server},
      connection_{std::move(socket), server.session_.payload_bytes},
      watch_{server.context_.poller.watch(connection_.fd(), EPOLLIN, *this)} {}

void TcpServer::Peer::ready(std::uint32_t) {
  const auto& context = server_.context_;
  const auto& session = server_.session_;
  connection_.flush();
  const auto read = Clock::now();
  const auto ending = connection_.read([&](const PacketHeader& header, const timespec& stamp) {
    if (header.nonce != context.nonce || header.flow != session.up) return;
    context.flows.received(session.up, header.sequence, context.instant(stamp, read), read);
    connection_.write_burst({session.down, header.sequence, context.nonce},
                            server_.pace_.reply_length(header.sequence));
  });
  // How a connection fared is told by its client, who has to live with it.
  if (ending) return server_.drop_peer();
  watch_.change(connection_.has_rest() ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

}  // namespace wandrill
