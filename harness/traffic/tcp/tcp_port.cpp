// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp/tcp_port.hpp"

#include <system_error>

#include <sys/socket.h>

#include "base/error.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {
namespace {

constexpr int kBacklog = 16;
constexpr int kPortsTried = 1000;

}  // namespace

UniqueFd listen_at_server(const SessionPlan& session, const NetNs& where) {
  const auto& at = session.server;
  auto listener = open_socket(where, at.address.family(), SOCK_STREAM, session.dscp);
  const int on = 1;
  check(::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on),
        "let a listener reuse its address");
  bind_socket(listener.get(), at.address, at.port, binding_of(session));
  check(::listen(listener.get(), kBacklog), "listen on {} port {}", to_string(at.address), at.port);
  return listener;
}

UniqueFd bind_to_next_port(const SessionPlan& session, const NetNs& where,
                           std::uint16_t& next_port) {
  const auto& address = session.client.address;
  for (int tried = 1;; ++tried) {
    auto socket = open_socket(where, address.family(), SOCK_STREAM, session.dscp);
    try {
      bind_socket(socket.get(), address, next_port, binding_of(session));
      if (next_port != 0)
        next_port = next_port == UINT16_MAX ? session.client.port
                                            : static_cast<std::uint16_t>(next_port + 1);
      return socket;
    } catch (const std::system_error& error) {
      if (error.code().value() != EADDRINUSE || tried == kPortsTried) throw;
      ++next_port;
    }
  }
}

}  // namespace wandrill
