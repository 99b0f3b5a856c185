// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/recognise.hpp"

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/dns_tag.hpp"
#include "protocol/http_tag.hpp"
#include "protocol/icmp_echo.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kDnsPort = 53;

/// A query counts for the session's flow up, its answer for the one down. Nothing for a number that
/// is of no flow up: whoever made it up.
std::optional<PacketHeader> header_of(const DnsTag& tag, bool is_answer) {
  if (!is_up_flow(tag.flow)) return std::nullopt;
  return PacketHeader{.flow = is_answer ? down_flow_of(tag.flow) : tag.flow,
                      .sequence = tag.sequence,
                      .nonce = tag.nonce};
}

std::optional<PacketHeader> from_dns(std::span<const std::uint8_t> message) {
  const auto found = find_tag(message);
  return found ? header_of(found->tag, found->is_answer) : std::nullopt;
}

/// A segment of a tcp session, or the start of an HTTP message.
std::optional<PacketHeader> from_tcp(std::span<const std::uint8_t> payload) {
  if (const auto header = decode(payload)) return header;
  const auto found = find_http_tag(payload);
  return found ? header_of(found->tag, found->is_answer) : std::nullopt;
}

/// An echo request counts for the session's flow up, its reply, which carries the same, for the one
/// down.
std::optional<PacketHeader> from_icmp(Family family, std::span<const std::uint8_t> message) {
  const auto echo = decode_icmp_echo(family, message);
  if (!echo) return std::nullopt;
  auto header = decode(echo->data);
  if (!header || !is_up_flow(header->flow)) return std::nullopt;
  if (echo->is_reply) header->flow = down_flow_of(header->flow);
  return header;
}

}  // namespace

std::optional<PacketHeader> recognise(const IpPacket& packet) {
  if (packet.protocol == icmp_of(packet.family()) && !packet.is_later_fragment)
    return from_icmp(packet.family(), packet.payload);
  if (packet.protocol == kProtocolTcp) return from_tcp(packet.payload);
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
