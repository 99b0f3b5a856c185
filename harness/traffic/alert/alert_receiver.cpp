// SPDX-License-Identifier: Apache-2.0
#include "traffic/alert/alert_receiver.hpp"

#include <array>

#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "record/recorder.hpp"
#include "traffic/alert/alert_text.hpp"

namespace wandrill {
namespace {

constexpr int kWaiting = 16;
constexpr std::size_t kMostConnections = 64;
constexpr std::string_view kAccepted = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
constexpr std::string_view kRefused =
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

}  // namespace

/// One HTTP request, and its answer.
class AlertReceiver::Connection final : private Watcher {
 public:
  Connection(AlertReceiver& owner, UniqueFd socket, IpAddress peer)
      : owner_{owner},
        socket_{std::move(socket)},
        peer_{peer},
        watch_{owner.context_.poller.watch(socket_.get(), EPOLLIN, *this)} {}
  [[nodiscard]] bool is_done() const { return is_done_; }

 private:
  void ready(std::uint32_t) override {
    std::array<char, 4096> buffer;
    const auto got = ::recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) return end();
    auto webhook = reader_.feed({buffer.data(), static_cast<std::size_t>(got)});
    if (!webhook) return;
    owner_.tell("webhook", peer_, std::move(webhook->text), Clock::now());
    answer(webhook->accepted ? kAccepted : kRefused);
  }

  /// Small enough for any send buffer; a peer that does not take it loses it.
  void answer(std::string_view text) {
    static_cast<void>(::send(socket_.get(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
    end();
  }
  void end() {
    is_done_ = true;
    watch_ = {};
    socket_ = UniqueFd{};
  }

  AlertReceiver& owner_;
  UniqueFd socket_;
  IpAddress peer_;
  Poller::Watch watch_;
  WebhookReader reader_;
  bool is_done_ = false;
};

AlertReceiver::AlertReceiver(const TrafficContext& context, std::string node, const NetNs& where,
                             const IpAddress& address)
    : context_{context},
      node_{std::move(node)},
      syslog_{where, address, kSyslogPort, 0},
      traps_{where, address, kTrapPort, 0},
      listener_{open_socket(where, address.family(), SOCK_STREAM, 0)} {
  bind_socket(listener_.get(), address, kWebhookPort);
  check(::listen(listener_.get(), kWaiting), "listen for webhooks on {} port {}",
        to_string(address), kWebhookPort);
  syslog_watch_ = context.poller.watch(syslog_.fd(), EPOLLIN, *this);
  traps_watch_ = context.poller.watch(traps_.fd(), EPOLLIN, *this);
  listener_watch_ = context.poller.watch(listener_.get(), EPOLLIN, *this);
}

AlertReceiver::~AlertReceiver() = default;

void AlertReceiver::ready(std::uint32_t) {
  const auto read = Clock::now();
  const auto dropped = syslog_.receive([&](const UdpPort::Datagram& d) { take(d, read); });
  if (dropped > 0) context_.note_overflow("syslog " + node_, dropped);
  const auto dropped_traps =
      traps_.receive([&](const UdpPort::Datagram& d) { take_trap(d, read); });
  if (dropped_traps > 0) context_.note_overflow("SNMP traps " + node_, dropped_traps);
  accept_all();
}

void AlertReceiver::take(const UdpPort::Datagram& datagram, Clock::time_point read) {
  tell("syslog", datagram.source.address(), syslog_alert(datagram.payload),
       context_.instant(datagram.stamp, read));
}

void AlertReceiver::take_trap(const UdpPort::Datagram& datagram, Clock::time_point read) {
  tell("snmp_trap", datagram.source.address(), trap_alert(datagram.payload),
       context_.instant(datagram.stamp, read));
}

void AlertReceiver::accept_all() {
  connections_.remove_if([](const Connection& one) { return one.is_done(); });
  for (;;) {
    SocketAddress peer;
    peer.length = sizeof peer.storage;
    UniqueFd socket{
        ::accept4(listener_.get(), peer.get(), &peer.length, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (!socket) return;
    if (connections_.size() >= kMostConnections) continue;
    connections_.emplace_back(*this, std::move(socket), peer.address());
  }
}

void AlertReceiver::tell(const char* channel, const IpAddress& from, std::string text,
                         Clock::time_point at) {
  if (text.size() > kMostAlertText) text.resize(kMostAlertText);
  context_.flows.recorder().add(AlertEvent{.at = context_.flows.origin().at(at),
                                           .channel = channel,
                                           .receiver = node_,
                                           .from = to_string(from),
                                           .text = std::move(text)});
}

}  // namespace wandrill
