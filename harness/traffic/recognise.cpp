// SPDX-License-Identifier: Apache-2.0
#include "traffic/recognise.hpp"

#include "protocol/dns_tag.hpp"

namespace wandrill {
namespace {

using Octets = std::span<const std::uint8_t>;

constexpr std::size_t kEthernetBytes = 14;
constexpr std::uint16_t kVlan = 0x8100;
constexpr std::uint16_t kIpv4 = 0x0800;
constexpr std::uint16_t kIpv6 = 0x86dd;
constexpr std::uint8_t kHopByHop = 0;
constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kRouting = 43;
constexpr std::uint8_t kFragment = 44;
constexpr std::uint16_t kDnsPort = 53;
constexpr std::uint8_t kDestinationOptions = 60;

std::uint16_t load16(Octets bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

/// What remains after `count` bytes; empty if there are not that many.
Octets skip(Octets bytes, std::size_t count) {
  return count <= bytes.size() ? bytes.subspan(count) : Octets{};
}

bool is_dns(Octets datagram) {
  return datagram.size() >= 8 &&
         (load16(datagram, 0) == kDnsPort || load16(datagram, 2) == kDnsPort);
}

/// A query counts for the session's flow up, its answer for the one down.
std::optional<PacketHeader> from_dns(Octets message) {
  const auto found = find_tag(message);
  if (!found) return std::nullopt;
  const auto flow = static_cast<FlowId>(found->tag.flow + (found->is_answer ? 1 : 0));
  return PacketHeader{.flow = flow, .sequence = found->tag.sequence, .nonce = found->tag.nonce};
}

std::optional<PacketHeader> from_transport(std::uint8_t protocol, Octets segment) {
  if (protocol == kUdp && is_dns(segment)) return from_dns(skip(segment, 8));
  if (protocol == kUdp) return decode_any_payload(skip(segment, 8));
  if (protocol != kTcp || segment.size() < 20) return std::nullopt;
  const auto header_bytes = std::size_t{segment[12]} >> 4 << 2;
  if (header_bytes < 20) return std::nullopt;
  return decode(skip(segment, header_bytes));
}

std::optional<Recognised> from_ipv4(Octets packet) {
  if (packet.size() < 20 || packet[0] >> 4 != 4) return std::nullopt;
  const auto header_bytes = std::size_t{packet[0] & 0x0fU} * 4;
  const bool is_later_fragment = (load16(packet, 6) & 0x1fff) != 0;
  if (header_bytes < 20 || is_later_fragment) return std::nullopt;
  const auto header = from_transport(packet[9], skip(packet, header_bytes));
  if (!header) return std::nullopt;
  return Recognised{*header, IpAddress{Family::kIpv4, packet.data() + 12}};
}

/// Steps over one extension header; `next` becomes the protocol behind it. Nothing left: not
/// readable further.
Octets skip_extension(Octets rest, std::uint8_t& next) {
  if (rest.size() < 8) return {};
  const bool is_later_fragment = next == kFragment && (load16(rest, 2) & 0xfff8) != 0;
  if (is_later_fragment) return {};
  const auto length = next == kFragment ? 8 : (std::size_t{rest[1]} + 1) * 8;
  next = rest[0];
  return skip(rest, length);
}

bool is_extension(std::uint8_t next) {
  return next == kHopByHop || next == kRouting || next == kFragment || next == kDestinationOptions;
}

std::optional<Recognised> from_ipv6(Octets packet) {
  if (packet.size() < 40 || packet[0] >> 4 != 6) return std::nullopt;
  std::uint8_t next = packet[6];
  Octets rest = packet.subspan(40);
  while (is_extension(next) && !rest.empty())
    rest = skip_extension(rest, next);
  const auto header = from_transport(next, rest);
  if (!header) return std::nullopt;
  return Recognised{*header, IpAddress{Family::kIpv6, packet.data() + 8}};
}

}  // namespace

std::optional<Recognised> recognise(std::span<const std::uint8_t> frame) {
  if (frame.size() < kEthernetBytes) return std::nullopt;
  auto type = load16(frame, 12);
  Octets packet = frame.subspan(kEthernetBytes);
  while (type == kVlan && packet.size() >= 4) {
    type = load16(packet, 2);
    packet = packet.subspan(4);
  }
  if (type == kIpv4) return from_ipv4(packet);
  if (type == kIpv6) return from_ipv6(packet);
  return std::nullopt;
}

}  // namespace wandrill
