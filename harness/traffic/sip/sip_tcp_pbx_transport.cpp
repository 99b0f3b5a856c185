// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_tcp_pbx_transport.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr int kWaitingPhones = 16;
constexpr const char* kPong = "\r\n";

UniqueFd listen_for_phones(const SessionPlan& session, const NetNs& where) {
  const auto& address = session.server.address;
  auto listener = open_socket(where, address.family(), SOCK_STREAM, session.dscp);
  bind_socket(listener.get(), address, session.of<SipPlan>()->pbx_port);
  check(::listen(listener.get(), kWaitingPhones), "listen for phones on {} port {}",
        to_string(address), session.of<SipPlan>()->pbx_port);
  return listener;
}

}  // namespace

SipTcpPbxTransport::SipTcpPbxTransport(const TrafficContext& context, const SessionPlan& session,
                                       const NetNs& where, Take take)
    : context_{context},
      take_{std::move(take)},
      listener_{listen_for_phones(session, where)},
      watch_{context.poller.watch(listener_.get(), EPOLLIN, *this)} {}

void SipTcpPbxTransport::ready(std::uint32_t) {
  peers_.remove_if([](const Peer& peer) { return peer.is_over(); });
  SocketAddress address;
  address.length = sizeof address.storage;
  UniqueFd socket{
      ::accept4(listener_.get(), address.get(), &address.length, SOCK_NONBLOCK | SOCK_CLOEXEC)};
  if (socket) peers_.emplace_back(*this, std::move(socket), address);
}

void SipTcpPbxTransport::send(const std::string& text, const SocketAddress& peer) {
  // The newest: a NAT may give a new connection the address of an old one that died unnoticed.
  for (auto one = peers_.rbegin(); one != peers_.rend(); ++one)
    if (!one->is_over() && one->address().port() == peer.port() &&
        one->address().address() == peer.address())
      return one->send(text);
}

SipTcpPbxTransport::Peer::Peer(SipTcpPbxTransport& line, UniqueFd socket,
                               const SocketAddress& address)
    : line_{line},
      address_{address},
      connection_{std::move(socket), SipStream::End::kServer},
      watch_{line.context_.poller.watch(connection_.fd(), EPOLLIN, *this)} {}

void SipTcpPbxTransport::Peer::send(const std::string& text) {
  connection_.send(text);
  if (connection_.has_rest()) watch_.change(EPOLLIN | EPOLLOUT);
}

void SipTcpPbxTransport::Peer::ready(std::uint32_t) {
  if (connection_.flush()) watch_.change(EPOLLIN);
  const auto ending = connection_.read([&](SipStream::What what, std::string_view message) {
    if (what == SipStream::What::kMessage) return line_.take_(message, address_);
    if (what == SipStream::What::kPing) send(kPong);
  });
  if (!ending) return;
  // What became of a connection its phone tells, which has to live with it.
  is_over_ = true;
  watch_ = {};
}

}  // namespace wandrill
