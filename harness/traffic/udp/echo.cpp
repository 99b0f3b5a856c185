// SPDX-License-Identifier: Apache-2.0
#include "traffic/udp/echo.hpp"

#include <sys/epoll.h>

namespace wandrill {

Echo::Echo(const TrafficContext& context, const NetNs& where, const IpAddress& address,
           std::uint16_t port)
    : port_{where, address, port, 0}, watch_{context.poller.watch(port_.fd(), EPOLLIN, *this)} {}

void Echo::ready(std::uint32_t) {
  port_.receive([this](const UdpPort::Datagram& request) {
    // An answer that cannot be sent is a lost answer, like any other.
    static_cast<void>(port_.send(request.payload, request.source));
  });
}

}  // namespace wandrill
