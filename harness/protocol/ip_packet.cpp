// SPDX-License-Identifier: Apache-2.0
#include "protocol/ip_packet.hpp"

#include <fmt/format.h>

#include "base/big_endian.hpp"
#include "protocol/icmp_echo.hpp"

namespace wandrill {
namespace {

using Octets = std::span<const std::uint8_t>;

constexpr std::size_t kEthernetBytes = 14;
constexpr std::uint16_t kVlan = 0x8100;
constexpr std::uint16_t kIpv4 = 0x0800;
constexpr std::uint16_t kIpv6 = 0x86dd;
constexpr std::size_t kIpv6Bytes = 40;
constexpr std::uint8_t kHopByHop = 0;
constexpr std::uint8_t kIcmp = 1;
constexpr std::uint8_t kRouting = 43;
constexpr std::uint8_t kFragment = 44;
constexpr std::uint8_t kIcmpv6 = 58;
constexpr std::uint8_t kDestinationOptions = 60;

/// What remains after `count` bytes; empty if there are not that many.
Octets skip(Octets bytes, std::size_t count) {
  return count <= bytes.size() ? bytes.subspan(count) : Octets{};
}

void read_transport(Octets segment, IpPacket& packet) {
  const bool has_ports = packet.protocol == kProtocolTcp || packet.protocol == kProtocolUdp;
  if (packet.protocol == icmp_of(packet.family()) && !packet.is_later_fragment)
    packet.payload = segment;
  if (packet.is_later_fragment || !has_ports || segment.size() < 4) return;
  packet.source_port = load_big_endian<std::uint16_t>(segment, 0);
  packet.destination_port = load_big_endian<std::uint16_t>(segment, 2);
  std::size_t header = 8;
  if (packet.protocol == kProtocolTcp) {
    constexpr std::uint8_t kSynFlag = 0x02;
    if (segment.size() < 20) return;
    packet.tcp_sequence = load_big_endian<std::uint32_t>(segment, 4);
    packet.is_tcp_syn = (segment[13] & kSynFlag) != 0;
    header = std::size_t{segment[12]} >> 4 << 2;
    if (header < 20) return;
  }
  packet.payload = skip(segment, header);
}

std::optional<IpPacket> from_ipv4(Octets bytes) {
  if (bytes.size() < 20 || bytes[0] >> 4 != 4) return std::nullopt;
  const auto header = std::size_t{bytes[0] & 0x0fU} * 4;
  if (header < 20) return std::nullopt;
  IpPacket packet{.source = {Family::kIpv4, bytes.data() + 12},
                  .destination = {Family::kIpv4, bytes.data() + 16},
                  .protocol = bytes[9],
                  .dscp = static_cast<std::uint8_t>(bytes[1] >> 2),
                  .bytes = load_big_endian<std::uint16_t>(bytes, 2),
                  .is_later_fragment = (load_big_endian<std::uint16_t>(bytes, 6) & 0x1fff) != 0};
  // Padding of a short frame is not payload.
  if (packet.bytes >= header && packet.bytes < bytes.size()) bytes = bytes.first(packet.bytes);
  read_transport(skip(bytes, header), packet);
  return packet;
}

/// Steps over one extension header; the packet's protocol becomes the one behind it. Nothing left:
/// not readable further.
Octets skip_extension(Octets rest, IpPacket& packet) {
  if (rest.size() < 8) return {};
  const bool is_fragment = packet.protocol == kFragment;
  if (is_fragment && (load_big_endian<std::uint16_t>(rest, 2) & 0xfff8) != 0)
    packet.is_later_fragment = true;
  const auto length = is_fragment ? 8 : (std::size_t{rest[1]} + 1) * 8;
  packet.protocol = rest[0];
  return skip(rest, length);
}

bool is_extension(std::uint8_t next) {
  return next == kHopByHop || next == kRouting || next == kFragment || next == kDestinationOptions;
}

std::optional<IpPacket> from_ipv6(Octets bytes) {
  if (bytes.size() < kIpv6Bytes || bytes[0] >> 4 != 6) return std::nullopt;
  const std::size_t whole = kIpv6Bytes + load_big_endian<std::uint16_t>(bytes, 4);
  IpPacket packet{
      .source = {Family::kIpv6, bytes.data() + 8},
      .destination = {Family::kIpv6, bytes.data() + 24},
      .protocol = bytes[6],
      .dscp = static_cast<std::uint8_t>(load_big_endian<std::uint16_t>(bytes, 0) >> 6 & 0x3f),
      .bytes = static_cast<std::uint16_t>(whole)};
  if (whole < bytes.size()) bytes = bytes.first(whole);
  Octets rest = bytes.subspan(kIpv6Bytes);
  while (is_extension(packet.protocol) && !rest.empty())
    rest = skip_extension(rest, packet);
  read_transport(rest, packet);
  return packet;
}

std::string protocol_name(const IpPacket& packet) {
  switch (packet.protocol) {
    case kProtocolTcp:
      return "TCP";
    case kProtocolUdp:
      return "UDP";
    case kIcmp:
    case kIcmpv6:
      return "ICMP";
    default:
      return fmt::format("protocol {}", packet.protocol);
  }
}

std::string end_text(const IpAddress& address, std::uint16_t port) {
  if (port == 0) return to_string(address);
  return address.family() == Family::kIpv4 ? fmt::format("{}:{}", to_string(address), port)
                                           : fmt::format("[{}]:{}", to_string(address), port);
}

}  // namespace

std::optional<IpPacket> parse_frame(std::span<const std::uint8_t> frame) {
  if (frame.size() < kEthernetBytes) return std::nullopt;
  auto type = load_big_endian<std::uint16_t>(frame, 12);
  Octets packet = frame.subspan(kEthernetBytes);
  while (type == kVlan && packet.size() >= 4) {
    type = load_big_endian<std::uint16_t>(packet, 2);
    packet = packet.subspan(4);
  }
  if (type == kIpv4) return from_ipv4(packet);
  if (type == kIpv6) return from_ipv6(packet);
  return std::nullopt;
}

std::string to_text(const IpPacket& packet) {
  return fmt::format("{} {} > {}, {} bytes", protocol_name(packet),
                     end_text(packet.source, packet.source_port),
                     end_text(packet.destination, packet.destination_port), packet.bytes);
}

}  // namespace wandrill
