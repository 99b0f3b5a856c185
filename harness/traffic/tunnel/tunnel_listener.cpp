// SPDX-License-Identifier: Apache-2.0
#include "traffic/tunnel/tunnel_listener.hpp"

#include "record/recorder.hpp"

namespace wandrill {

WanListener::Filter TunnelListener::filter() const {
  return {.end = {session_.server.address, session_.server.port},
          .protocol = session_.of<TunnelPlan>()->over_tcp ? kProtocolTcp : kProtocolUdp};
}

TunnelMessage TunnelListener::read(const IpPacket& packet) {
  return session_.kind == TrafficKind::kWireguard ? read_wireguard(packet.payload)
                                                  : openvpn_.read(packet);
}

bool TunnelListener::take(const WanPassing& passing, const IpPacket& packet) {
  const auto message = read(packet);
  if (packet.payload.empty()) return true;  // acknowledgements of TCP carry nothing of the tunnel
  const bool is_up = passing.direction == Direction::kUp;
  context_.flows.tapped({.flow = is_up ? session_.up : session_.down,
                         .sequence = (is_up ? up_ : down_)++,
                         .stamp = passing.stamp,
                         .wan = passing.wan,
                         .direction = passing.direction,
                         .source = packet.source});
  if (message != TunnelMessage::kInitiation && message != TunnelMessage::kResponse) return true;
  context_.flows.recorder().add(
      TunnelEvent{.at = context_.flows.origin().at(passing.stamp),
                  .session = session_.name,
                  .message = message == TunnelMessage::kInitiation ? "initiation" : "response",
                  .direction = std::string{to_string(passing.direction)},
                  .wan = std::string{passing.wan_name}});
  return true;
}

}  // namespace wandrill
