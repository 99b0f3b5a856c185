// SPDX-License-Identifier: Apache-2.0
#include "protocol/openvpn_handshakes.hpp"

#include "base/big_endian.hpp"

namespace wandrill {
namespace {

/// More than a tunnel makes in days; then it begins anew.
constexpr std::size_t kMostRemembered = 4096;

template <typename Container>
void keep_small(Container& container) {
  if (container.size() >= kMostRemembered) container.clear();
}

}  // namespace

TunnelMessage OpenvpnHandshakes::read(const IpPacket& packet) {
  return packet.protocol == kProtocolTcp ? read_segment(packet) : read_datagram(packet);
}

TunnelMessage OpenvpnHandshakes::read_datagram(const IpPacket& packet) {
  constexpr std::size_t kOpcode = 1;
  constexpr std::size_t kSessionId = sizeof(std::uint64_t);
  const auto message = read_openvpn(packet.payload);
  if (message != TunnelMessage::kResponse || packet.payload.size() < kOpcode + kSessionId)
    return message;
  const auto id = load_big_endian<std::uint64_t>(packet.payload, kOpcode);
  keep_small(answered_);
  return answered_.insert(id).second ? message : TunnelMessage::kOther;
}

TunnelMessage OpenvpnHandshakes::read_segment(const IpPacket& packet) {
  const Ends ends{packet.source, packet.source_port, packet.destination, packet.destination_port};
  if (packet.is_tcp_syn) {
    keep_small(streams_);
    const auto begin = packet.tcp_sequence + 1;
    // A SYN that is sent again begins the same stream.
    const auto [stream, is_new] = streams_.try_emplace(ends, Stream{.begin = begin});
    if (!is_new && stream->second.begin != begin) stream->second = {.begin = begin};
    return TunnelMessage::kOther;
  }
  const auto stream = streams_.find(ends);
  if (stream == streams_.end() || stream->second.is_read || packet.payload.empty() ||
      packet.tcp_sequence != stream->second.begin)
    return TunnelMessage::kOther;
  stream->second.is_read = true;
  return read_openvpn_segment(packet.payload);
}

}  // namespace wandrill
