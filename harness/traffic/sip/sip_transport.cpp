// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_transport.hpp"

#include <sys/epoll.h>

namespace wandrill {

SipUdpTransport::SipUdpTransport(const TrafficContext& context, UdpPort port, std::string owner,
                                 Take take)
    : context_{context},
      port_{std::move(port)},
      owner_{std::move(owner)},
      take_{std::move(take)},
      watch_{context.poller.watch(port_.fd(), EPOLLIN, *this)} {}

void SipUdpTransport::send(const std::string& text, const SocketAddress& peer) {
  static_cast<void>(
      port_.send({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, peer));
}

void SipUdpTransport::ready(std::uint32_t) {
  const auto dropped = port_.receive([&](const UdpPort::Datagram& datagram) {
    take_({reinterpret_cast<const char*>(datagram.payload.data()), datagram.payload.size()},
          datagram.source);
  });
  if (dropped > 0) context_.note_overflow(owner_, dropped);
}

}  // namespace wandrill
