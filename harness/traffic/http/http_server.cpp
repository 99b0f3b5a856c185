// SPDX-License-Identifier: Apache-2.0
#include "traffic/http/http_server.hpp"

#include <array>

#include <sys/epoll.h>
#include <sys/socket.h>

#include "protocol/http_message.hpp"
#include "traffic/tcp/tcp_port.hpp"
#include "traffic/tcp/tcp_receive.hpp"

namespace wandrill {
namespace {
/// Those of a client that waits for a minute, at fifty requests a second.
constexpr std::size_t kMostClients = 4096;
}  // namespace

/// A client's connection, with requests one after another.
class HttpServer::Connection final : private Watcher {
 public:
  Connection(HttpServer& server, UniqueFd socket)
      : server_{server},
        socket_{std::move(socket)},
        watch_{server.context_.poller.watch(socket_.get(), EPOLLIN, *this)} {}

  [[nodiscard]] bool is_over() const { return !socket_; }

 private:
  void ready(std::uint32_t) override {
    std::array<std::uint8_t, 8192> buffer;
    const auto read = Clock::now();
    const auto got = receive_stamped(socket_.get(), buffer);
    if (got.ending) return end();
    reader_.feed({reinterpret_cast<const char*>(got.bytes.data()), got.bytes.size()});
    while (const auto request = reader_.next())
      answer(*request, server_.context_.instant(got.stamp, read), read);
    if (reader_.is_broken() && !is_last_) {
      outgoing_ += http_refusal();
      is_last_ = true;
    }
    send();
  }

  void answer(const HttpRequestReader::Request& request, Clock::time_point stamp,
              Clock::time_point read) {
    const auto& context = server_.context_;
    const auto& session = server_.session_;
    if (is_last_) return;  // it has said that it would ask no more
    const bool is_ours =
        request.tag && request.tag->nonce == context.nonce && request.tag->flow == session.up;
    is_last_ = !is_ours || !request.keep;
    if (!is_ours) {
      outgoing_ += http_refusal();
      return;
    }
    context.flows.received(session.up, request.tag->sequence, stamp, read);
    outgoing_ += http_answer(*request.tag, session.payload_bytes, request.keep);
  }

  void send() {
    const auto sent =
        ::send(socket_.get(), outgoing_.data(), outgoing_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    // What ended it, reading tells.
    if (sent > 0) outgoing_.erase(0, static_cast<std::size_t>(sent));
    if (is_last_ && outgoing_.empty()) return end();
    watch_.change(outgoing_.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT);
  }

  void end() {
    watch_ = {};
    socket_ = {};
  }

  HttpServer& server_;
  UniqueFd socket_;
  Poller::Watch watch_;
  HttpRequestReader reader_;
  std::string outgoing_;
  bool is_last_ = false;  ///< Nothing is read any more; it ends when all is sent.
};

HttpServer::HttpServer(const TrafficContext& context, const SessionPlan& session,
                       const NetNs& where)
    : context_{context},
      session_{session},
      listener_{listen_at_server(session, where)},
      watch_{context.poller.watch(listener_.get(), EPOLLIN, *this)} {}

HttpServer::~HttpServer() = default;

void HttpServer::ready(std::uint32_t) {
  connections_.remove_if([](const Connection& one) { return one.is_over(); });
  // One that died in the queue is no error of ours; level triggering brings further ones.
  UniqueFd socket{::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
  if (socket && connections_.size() < kMostClients)
    connections_.emplace_back(*this, std::move(socket));
}

}  // namespace wandrill
