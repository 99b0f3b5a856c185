// SPDX-License-Identifier: Apache-2.0
#include "refrouter/testing/client_flow.hpp"

#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill::testing {

ClientFlow::ClientFlow(const NetNs& ns, EchoServers& echo, const char* server, std::uint16_t port)
    : echo_{echo} {
  const SocketAddress peer{IpAddress::parse(server).value(), port};
  socket_ = UniqueFd{ns.run([&] {
    return check(::socket(peer.get()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
                 "open a flow");
  })};
  check(::connect(socket_.get(), peer.get(), peer.length), "aim a flow at {}", server);
}

bool ClientFlow::is_answered_within(Nanos time) {
  const auto first = last_ + 1;
  const auto deadline = Clock::now() + time;
  while (Clock::now() < deadline) {
    ++last_;
    // Refused while there is no route: the next one may get through.
    static_cast<void>(::send(socket_.get(), &last_, sizeof last_, 0));
    echo_.serve_a_moment();
    std::uint32_t answer = 0;
    while (::recv(socket_.get(), &answer, sizeof answer, 0) == sizeof answer)
      if (answer >= first) return true;
  }
  return false;
}

}  // namespace wandrill::testing
