// SPDX-License-Identifier: Apache-2.0
#include "traffic/recognise.hpp"

#include "protocol/dns_tag.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kDnsPort = 53;

/// A query counts for the session's flow up, its answer for the one down.
std::optional<PacketHeader> from_dns(std::span<const std::uint8_t> message) {
  const auto found = find_tag(message);
  if (!found) return std::nullopt;
  const auto flow = static_cast<FlowId>(found->tag.flow + (found->is_answer ? 1 : 0));
  return PacketHeader{.flow = flow, .sequence = found->tag.sequence, .nonce = found->tag.nonce};
}

}  // namespace

std::optional<PacketHeader> recognise(const IpPacket& packet) {
  if (packet.protocol == kProtocolTcp) return decode(packet.payload);
  if (packet.protocol != kProtocolUdp) return std::nullopt;
  if (packet.source_port == kDnsPort || packet.destination_port == kDnsPort)
    return from_dns(packet.payload);
  return decode_any_payload(packet.payload);
}

std::optional<Recognised> recognise(std::span<const std::uint8_t> frame) {
  const auto packet = parse_frame(frame);
  if (!packet) return std::nullopt;
  const auto header = recognise(*packet);
  if (!header) return std::nullopt;
  return Recognised{*header, packet->source};
}

}  // namespace wandrill
