// SPDX-License-Identifier: Apache-2.0
#include "link/wire/packet_match.hpp"

#include <linux/if_ether.h>
#include <netinet/in.h>

#include "base/big_endian.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kIpv4Header = 20;
constexpr std::size_t kIpv6Header = 40;
constexpr int kMostTags = 2;
constexpr int kMostExtensions = 4;

bool within(const PortRange& range, std::uint16_t port) noexcept {
  return range.any() || (port >= range.first && port <= range.last);
}

bool is_extension(std::uint8_t header) noexcept {
  return header == IPPROTO_HOPOPTS || header == IPPROTO_ROUTING || header == IPPROTO_DSTOPTS;
}

}  // namespace

PacketMatch::PacketMatch(const TrafficFilter& filter) : filter_{filter} {
  const auto wanted = [&](Family family) {
    const auto protocol = filter.protocol_in(family);
    return Wanted{.possible = filter.takes(family), .protocol = protocol ? int{*protocol} : -1};
  };
  ipv4_ = wanted(Family::kIpv4);
  ipv6_ = wanted(Family::kIpv6);
}

bool PacketMatch::operator()(std::span<const std::uint8_t> frame) const noexcept {
  std::size_t type = 12;
  for (int tags = 0; tags < kMostTags; ++tags) {
    if (frame.size() < type + 2) return false;
    const auto tag = load_big_endian<std::uint16_t>(frame, type);
    if (tag != ETH_P_8021Q && tag != ETH_P_8021AD) break;
    type += 4;
  }
  if (frame.size() < type + 2) return false;
  const auto packet = frame.subspan(type + 2);
  const auto ethertype = load_big_endian<std::uint16_t>(frame, type);
  if (ethertype == ETH_P_IP) return ipv4_.possible && matches_ipv4(packet);
  if (ethertype == ETH_P_IPV6) return ipv6_.possible && matches_ipv6(packet);
  return false;
}

bool PacketMatch::matches_ipv4(View packet) const noexcept {
  if (packet.size() < kIpv4Header || packet[0] >> 4U != 4) return false;
  if (filter_.dscp >= 0 && packet[1] >> 2U != filter_.dscp) return false;
  if (!matches_size(load_big_endian<std::uint16_t>(packet, 2))) return false;
  if (ipv4_.protocol >= 0 && packet[9] != ipv4_.protocol) return false;
  if (!filter_.has_ports()) return true;
  const bool is_later_fragment = (load_big_endian<std::uint16_t>(packet, 6) & 0x1fffU) != 0;
  const std::size_t header = 4 * (packet[0] & 0xfU);
  return !is_later_fragment && header >= kIpv4Header && header <= packet.size() &&
         matches_ports(packet.subspan(header));
}

bool PacketMatch::matches_ipv6(View packet) const noexcept {
  if (packet.size() < kIpv6Header || packet[0] >> 4U != 6) return false;
  if (filter_.dscp >= 0 && (load_big_endian<std::uint16_t>(packet, 0) >> 6U & 0x3f) != filter_.dscp)
    return false;
  if (!matches_size(kIpv6Header + load_big_endian<std::uint16_t>(packet, 4))) return false;
  return ipv6_.protocol < 0 || matches_upper(packet);
}

bool PacketMatch::matches_upper(View packet) const noexcept {
  std::uint8_t header = packet[6];
  std::size_t offset = kIpv6Header;
  for (int passed = 0; passed < kMostExtensions; ++passed) {
    if (!is_extension(header) && header != IPPROTO_FRAGMENT) break;
    if (packet.size() < offset + 4) return false;
    const std::uint8_t next = packet[offset];
    if (header == IPPROTO_FRAGMENT) {
      // What follows in a later fragment is no header.
      if ((load_big_endian<std::uint16_t>(packet, offset + 2) & 0xfff8U) != 0)
        return next == ipv6_.protocol && !filter_.has_ports();
      offset += 8;
    } else {
      offset += 8 + 8 * std::size_t{packet[offset + 1]};
    }
    header = next;
  }
  if (header != ipv6_.protocol) return false;
  return !filter_.has_ports() || (offset <= packet.size() && matches_ports(packet.subspan(offset)));
}

bool PacketMatch::matches_ports(View segment) const noexcept {
  if (segment.size() < 4) return false;
  const auto source = load_big_endian<std::uint16_t>(segment, 0);
  const auto destination = load_big_endian<std::uint16_t>(segment, 2);
  return within(filter_.source_port, source) && within(filter_.destination_port, destination) &&
         (within(filter_.port, source) || within(filter_.port, destination));
}

bool PacketMatch::matches_size(std::size_t size) const noexcept {
  return size >= filter_.min_size.value &&
         (filter_.max_size.value == 0 || size <= filter_.max_size.value);
}

}  // namespace wandrill
