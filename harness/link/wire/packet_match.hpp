// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "plan/traffic_filter.hpp"

namespace wandrill {

/// Says of a frame whether the IP packet in it matches a filter. Never reads beyond the frame.
///
/// Looked for behind up to two VLAN tags (802.1Q, 802.1ad). A packet whose IP header is not whole
/// matches nothing. Sizes are those that the IP header tells, without an Ethernet frame's padding.
/// Every fragment of a packet has its protocol; its ports are in the first only, so the others
/// match no filter with ports. In IPv6, up to four extension headers (hop-by-hop options, routing,
/// fragment, destination options) are passed over to find the protocol: RFC 8200.
class PacketMatch {
 public:
  explicit PacketMatch(const TrafficFilter& filter);

  /// `frame`: from its Ethernet header on, without frame check sequence.
  [[nodiscard]] bool operator()(std::span<const std::uint8_t> frame) const noexcept;

 private:
  /// Of one family; -1: every one.
  struct Wanted {
    bool possible = false;
    int protocol = -1;
  };
  using View = std::span<const std::uint8_t>;
  [[nodiscard]] bool matches_ipv4(View packet) const noexcept;
  [[nodiscard]] bool matches_ipv6(View packet) const noexcept;
  [[nodiscard]] bool matches_upper(View packet) const noexcept;
  [[nodiscard]] bool matches_ports(View segment) const noexcept;
  [[nodiscard]] bool matches_size(std::size_t size) const noexcept;

  TrafficFilter filter_;
  Wanted ipv4_;
  Wanted ipv6_;
};

}  // namespace wandrill
