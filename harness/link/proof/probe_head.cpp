// SPDX-License-Identifier: Apache-2.0
#include "link/proof/probe_head.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <linux/if_ether.h>
#include <netinet/in.h>

#include "base/big_endian.hpp"
#include "base/internet_checksum.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kIpv4Header = 20;
constexpr std::size_t kIpv6Header = 40;
/// A port that is in nobody's filter unless it is asked for (discard).
constexpr std::uint16_t kAnyPort = 9;

std::size_t upper_header(std::uint8_t protocol) {
  switch (protocol) {
    case IPPROTO_TCP:
      return 20;
    case IPPROTO_SCTP:
      return 12;
    default:
      return 8;
  }
}

/// 198.18.0.1 to 198.18.0.2. TTL 1: nothing would send it on.
void write_ipv4(const ProbeHead& head, std::span<std::uint8_t> packet) {
  constexpr std::array<std::uint8_t, 8> kAddresses{198, 18, 0, 1, 198, 18, 0, 2};
  packet[0] = 0x45;
  packet[1] = static_cast<std::uint8_t>(head.dscp << 2U);
  store_big_endian(packet, 2, static_cast<std::uint16_t>(packet.size()));
  packet[8] = 1;
  packet[9] = head.protocol;
  std::ranges::copy(kAddresses, packet.begin() + 12);
  store_big_endian(packet, 10, internet_checksum(packet.first(kIpv4Header)));
}

/// 2001:2::1 to 2001:2::2.
void write_ipv6(const ProbeHead& head, std::span<std::uint8_t> packet) {
  store_big_endian(packet, 0, static_cast<std::uint16_t>(0x6000U | head.dscp << 6U));
  store_big_endian(packet, 4, static_cast<std::uint16_t>(packet.size() - kIpv6Header));
  packet[6] = head.protocol;
  packet[7] = 1;
  for (const std::size_t address : {8U, 24U}) {
    constexpr std::array<std::uint8_t, 4> kNetwork{0x20, 0x01, 0x00, 0x02};
    std::ranges::copy(kNetwork, packet.begin() + static_cast<std::ptrdiff_t>(address));
    packet[address + 15] = address == 8 ? 1 : 2;
  }
}

void write_upper(const ProbeHead& head, std::span<std::uint8_t> segment) {
  if (head.protocol == IPPROTO_ICMP || head.protocol == IPPROTO_ICMPV6) {
    // An echo reply that nobody asked for.
    segment[0] = head.protocol == IPPROTO_ICMP ? 0 : 129;
    return;
  }
  store_big_endian(segment, 0, head.source_port);
  store_big_endian(segment, 2, head.destination_port);
  if (head.protocol == IPPROTO_UDP)
    store_big_endian(segment, 4, static_cast<std::uint16_t>(segment.size()));
  if (head.protocol == IPPROTO_TCP) segment[12] = 0x50;
}

std::uint16_t first_of(const PortRange& own, const PortRange& either) {
  return !own.any() ? own.first : !either.any() ? either.first : kAnyPort;
}

/// A port outside of both ranges.
std::uint16_t outside(const PortRange& own, const PortRange& either) {
  const auto within = [](const PortRange& range, int port) {
    return !range.any() && port >= range.first && port <= range.last;
  };
  for (int port = 65535; port > 0; --port)
    if (!within(own, port) && !within(either, port)) return static_cast<std::uint16_t>(port);
  return 0;
}

}  // namespace

std::size_t ProbeHead::header_size() const noexcept {
  if (!ip) return 0;
  return ETH_HLEN + (family == Family::kIpv4 ? kIpv4Header : kIpv6Header) + upper_header(protocol);
}

ProbeHead matching_head(const TrafficFilter& filter) {
  ProbeHead head{.what = to_string(filter), .ip = true};
  if (!filter.takes(Family::kIpv4)) head.family = Family::kIpv6;
  head.protocol = filter.protocol_in(head.family).value_or(std::uint8_t{IPPROTO_UDP});
  head.source_port = first_of(filter.source_port, {});
  // `port` means either: the destination's, unless that is bound to something else.
  head.destination_port = first_of(filter.destination_port, filter.port);
  if (!filter.destination_port.any() && !filter.port.any() && filter.source_port.any())
    head.source_port = filter.port.first;
  head.dscp = static_cast<std::uint8_t>(std::max(0, filter.dscp));
  head.least = filter.min_size.value;
  if (filter.max_size.value > 0) head.most = filter.max_size.value;
  return head;
}

std::vector<ProbeHead> near_misses(const TrafficFilter& filter) {
  const auto match = matching_head(filter);
  std::vector<ProbeHead> misses;
  const auto miss = [&](const char* what, auto change) {
    auto head = match;
    head.what = what;
    change(head);
    misses.push_back(std::move(head));
  };
  if (!filter.family.empty())
    miss("the other IP version", [&](ProbeHead& head) {
      head.family = head.family == Family::kIpv4 ? Family::kIpv6 : Family::kIpv4;
      head.protocol = filter.protocol_in(head.family).value_or(std::uint8_t{IPPROTO_UDP});
    });
  if (!filter.protocol.empty())
    miss("another protocol", [](ProbeHead& head) {
      head.protocol = head.protocol == IPPROTO_UDP ? IPPROTO_TCP : IPPROTO_UDP;
    });
  if (filter.has_ports())
    miss("another port", [&](ProbeHead& head) {
      head.source_port = outside(filter.source_port, filter.port);
      head.destination_port = outside(filter.destination_port, filter.port);
    });
  if (filter.dscp >= 0) miss("another DSCP", [](ProbeHead& head) { head.dscp ^= 1U; });
  if (filter.min_size.value > 1)
    miss("a shorter packet", [&](ProbeHead& head) {
      head.least = 0;
      head.most = filter.min_size.value - 1;
    });
  if (filter.max_size.value > 0 && filter.max_size.value < 1500)
    miss("a longer packet", [&](ProbeHead& head) {
      head.least = filter.max_size.value + 1;
      head.most = 1500;
    });
  return misses;
}

void write_head(const ProbeHead& head, const MacAddress& source, std::span<std::uint8_t> frame) {
  const bool v4 = head.family == Family::kIpv4;
  std::ranges::copy(kProbeMac, frame.begin());
  std::ranges::copy(source, frame.begin() + 6);
  store_big_endian<std::uint16_t>(frame, 12, v4 ? ETH_P_IP : ETH_P_IPV6);
  const auto packet = frame.subspan(ETH_HLEN);
  v4 ? write_ipv4(head, packet) : write_ipv6(head, packet);
  write_upper(head, packet.subspan(v4 ? kIpv4Header : kIpv6Header));
}

bool is_probe(std::span<const std::uint8_t> frame) noexcept {
  return frame.size() > ETH_HLEN &&
         std::memcmp(frame.data(), kProbeMac.data(), kProbeMac.size()) == 0;
}

std::size_t probe_body(std::span<const std::uint8_t> frame) noexcept {
  if (!is_probe(frame)) return 0;
  const bool v4 = frame[12] == 0x08 && frame[13] == 0x00;
  const std::size_t upper = ETH_HLEN + (v4 ? kIpv4Header : kIpv6Header);
  if (frame.size() < upper) return 0;
  return upper + upper_header(frame[v4 ? ETH_HLEN + 9 : ETH_HLEN + 6]);
}

}  // namespace wandrill
