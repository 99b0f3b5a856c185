// SPDX-License-Identifier: Apache-2.0
#include "traffic/http/http_client.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "protocol/http_message.hpp"
#include "record/recorder.hpp"
#include "traffic/tcp/tcp_port.hpp"
#include "traffic/tcp/tcp_receive.hpp"

namespace wandrill {
namespace {

/// An address as it stands in a Host header (RFC 3986 3.2.2).
std::string host_text(const EndpointPlan& server) {
  const auto address = to_string(server.address);
  return server.address.family() == Family::kIpv6 ? fmt::format("[{}]:{}", address, server.port)
                                                  : fmt::format("{}:{}", address, server.port);
}

/// The kernel gives up what nobody answered with the last ICMP error that it had on the way.
bool is_time_out(int reason) {
  return reason == ETIMEDOUT || reason == EHOSTUNREACH || reason == ENETUNREACH;
}

}  // namespace

/// A connection, and the request that is under way on it.
class HttpClient::Connection final : private Watcher {
 public:
  Connection(HttpClient& client, UniqueFd socket, const Request& request)
      : client_{client},
        socket_{std::move(socket)},
        request_{request},
        reader_{client.session_.payload_bytes},
        watch_{client.context_.poller.watch(socket_.get(), EPOLLOUT, *this)} {}

  [[nodiscard]] const std::optional<Request>& request() const { return request_; }
  [[nodiscard]] bool is_free() const { return established_ && !request_; }

  void ask(const Request& request) {
    request_ = request;
    const DnsTag tag{
        .nonce = client_.context_.nonce, .flow = client_.session_.up, .sequence = request.sequence};
    reader_.expect(tag, client_.session_.payload_bytes);
    outgoing_ = http_request(client_.host_, tag, client_.is_kept());
    send();
  }

 private:
  void ready(std::uint32_t) override {
    if (!established_) return connected();
    send();
    std::array<std::uint8_t, 16384> buffer;
    const auto read = Clock::now();
    const auto got = receive_stamped(socket_.get(), buffer);
    if (got.ending) return lost(*got.ending);
    if (got.bytes.empty()) return;
    if (!request_) return lost(EPROTO);
    if (request_->first_byte == Nanos{0})
      request_->first_byte =
          std::max<Nanos>(client_.context_.instant(got.stamp, read) - request_->asked, Nanos{1});
    reader_.feed({reinterpret_cast<const char*>(got.bytes.data()), got.bytes.size()});
    if (const auto answer = reader_.next()) take(*answer, got.stamp, read);
  }

  void connected() {
    int reason = 0;
    socklen_t length = sizeof reason;
    ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &reason, &length);
    if (reason != 0) return lost(reason);
    established_ = true;
    client_.tell("connected", "");
    ask(*request_);
  }

  void send() {
    if (!outgoing_.empty()) {
      const auto sent =
          ::send(socket_.get(), outgoing_.data(), outgoing_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      // What ended it, reading tells.
      if (sent > 0) outgoing_.erase(0, static_cast<std::size_t>(sent));
    }
    watch_.change(outgoing_.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT);
  }

  /// Ends this connection, if it is not kept.
  void take(const HttpAnswerReader::Answer& answer, const timespec& stamp, Clock::time_point read) {
    auto& client = client_;
    const auto request = *std::exchange(request_, std::nullopt);
    const bool is_right = answer.mistake.empty();
    if (is_right)
      client.answered(request, stamp, read);
    else
      client.failed(request, "wrong", answer.mistake);
    if (client.is_kept() && is_right && answer.keep) return client.pump();
    client.tell("closed", answer.mistake);
    client.drop(*this);
    client.pump();
  }

  /// Ends this connection.
  void lost(int reason) {
    auto& client = client_;
    const std::string detail = reason == 0 ? "closed" : std::strerror(reason);
    const bool timed_out = is_time_out(reason) && (established_ || reason == ETIMEDOUT);
    const std::string outcome = timed_out ? "timed_out" : established_ ? "reset" : "refused";
    if (request_) client.failed(*request_, outcome, detail);
    client.tell(reason == 0 ? "closed" : outcome, detail);
    client.drop(*this);
    client.pump();
  }

  HttpClient& client_;
  UniqueFd socket_;
  std::optional<Request> request_;
  HttpAnswerReader reader_;
  Poller::Watch watch_;
  std::string outgoing_;
  bool established_ = false;
};

HttpClient::HttpClient(const TrafficContext& context, const SessionPlan& session,
                       const NetNs& where)
    : context_{context},
      session_{session},
      where_{where},
      host_{host_text(session.server)},
      next_port_{session.client.port},
      patience_{context.timers, [this] { give_up_late_ones(); }} {}

HttpClient::~HttpClient() {
  stop();
}

void HttpClient::start(Clock::time_point first) {
  running_ = true;
  context_.timers.add(first, session_.interval, *this);
}

void HttpClient::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
}

/// Only a kept connection has a story of its own.
void HttpClient::tell(const std::string& state, const std::string& detail) const {
  if (!is_kept()) return;
  const auto now = context_.flows.origin().at(Clock::now());
  context_.flows.recorder().add(SessionEvent{now, session_.name, state, detail});
}

void HttpClient::due(Clock::time_point scheduled) {
  const auto actual = Clock::now();
  const auto sequence = next_sequence_++;
  context_.flows.sent(session_.up, sequence, scheduled, actual);
  context_.flows.sent(session_.down, sequence, scheduled, actual);
  waiting_.push_back({.sequence = sequence, .asked = actual});
  pump();
}

void HttpClient::pump() {
  while (running_ && !waiting_.empty()) {
    const bool is_there = is_kept() && !connections_.empty();
    if (is_there && !connections_.front()->is_free()) break;
    const auto request = waiting_.front();
    waiting_.pop_front();
    if (is_there)
      connections_.front()->ask(request);
    else
      open(request);
  }
  set_alarm();
}

void HttpClient::open(const Request& request) {
  auto socket = bind_to_next_port(session_, where_, next_port_);
  const auto& server = session_.server;
  const SocketAddress peer{server.address, server.port};
  tell("connecting", fmt::format("to {} port {}", to_string(server.address), server.port));
  if (::connect(socket.get(), peer.get(), peer.length) != 0 && errno != EINPROGRESS) {
    const int reason = errno;
    failed(request, "refused", std::strerror(reason));
    return tell("refused", std::strerror(reason));
  }
  connections_.push_back(std::make_unique<Connection>(*this, std::move(socket), request));
}

void HttpClient::answered(const Request& request, const timespec& stamp, Clock::time_point read) {
  const auto at = context_.instant(stamp, read);
  context_.flows.received(session_.down, request.sequence, at, read);
  const auto& origin = context_.flows.origin();
  context_.flows.recorder().add(HttpEvent{.at = origin.at(at),
                                          .session = session_.name,
                                          .sequence = request.sequence,
                                          .asked = origin.at(request.asked),
                                          .outcome = "answered",
                                          .first_byte = request.first_byte,
                                          .detail = ""});
}

void HttpClient::failed(const Request& request, const std::string& outcome,
                        const std::string& detail) {
  const auto& origin = context_.flows.origin();
  context_.flows.recorder().add(HttpEvent{.at = origin.at(Clock::now()),
                                          .session = session_.name,
                                          .sequence = request.sequence,
                                          .asked = origin.at(request.asked),
                                          .outcome = outcome,
                                          .first_byte = request.first_byte,
                                          .detail = detail});
}

void HttpClient::drop(const Connection& connection) {
  std::erase_if(connections_, [&](const auto& one) { return one.get() == &connection; });
}

void HttpClient::give_up_late_ones() {
  const auto limit = Clock::now() - session_.late_after;
  const auto is_late = [&](const Request& request) { return request.asked <= limit; };
  std::erase_if(connections_, [&](const auto& one) {
    if (!one->request() || !is_late(*one->request())) return false;
    failed(*one->request(), "timed_out", "no answer in time");
    tell("timed_out", "no answer in time");
    return true;
  });
  std::erase_if(waiting_, [&](const Request& request) {
    if (is_late(request)) failed(request, "timed_out", "its turn never came");
    return is_late(request);
  });
  pump();
}

void HttpClient::set_alarm() {
  std::optional<Clock::time_point> oldest;
  const auto consider = [&](const Request& request) {
    if (!oldest || request.asked < *oldest) oldest = request.asked;
  };
  for (const auto& one : connections_)
    if (one->request()) consider(*one->request());
  for (const auto& request : waiting_)
    consider(request);
  const auto until = oldest ? *oldest + session_.late_after : Clock::time_point{};
  if (std::exchange(patient_until_, until) == until) return;
  if (oldest)
    patience_.set(until);
  else
    patience_.unset();
}

}  // namespace wandrill
