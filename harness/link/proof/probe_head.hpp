// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "net/link.hpp"
#include "plan/traffic_filter.hpp"

namespace wandrill {

/// What a Prover's frame looks like to a filter. By default it holds no IP packet and matches none.
/// With an IP packet it is for a hardware address that nobody has (kProbeMac), so that no IP stack
/// looks at it; its addresses are of benchmarking networks (RFC 2544, RFC 5180).
struct ProbeHead {
  std::string what;  ///< For people: "udp port 5060", "another port"; empty: without IP packet.
  bool ip = false;
  Family family = Family::kIpv4;
  std::uint8_t protocol = 17;
  std::uint16_t source_port = 0;  ///< Of protocols that have ports.
  std::uint16_t destination_port = 0;
  std::uint8_t dscp = 0;
  std::size_t least = 0;    ///< Bytes of the IP packet, at least.
  std::size_t most = 1500;  ///< And at most.

  /// Bytes in front of what the Prover writes: Ethernet, IP and the protocol's own header.
  [[nodiscard]] std::size_t header_size() const noexcept;
  friend bool operator==(const ProbeHead&, const ProbeHead&) = default;
};

/// Locally administered, of no vendor.
constexpr MacAddress kProbeMac{0x02, 'w', 'd', 'r', 'i', 'l'};

/// A head that matches the filter.
ProbeHead matching_head(const TrafficFilter& filter);
/// Heads that differ from it in one thing each, and so match the filter no more.
std::vector<ProbeHead> near_misses(const TrafficFilter& filter);

/// Writes Ethernet, IP and protocol headers over the first header_size() bytes of the frame.
void write_head(const ProbeHead& head, const MacAddress& source, std::span<std::uint8_t> frame);
/// Where the Prover's own part begins in a frame with an IP packet that write_head() made; 0 for
/// any other frame.
std::size_t probe_body(std::span<const std::uint8_t> frame) noexcept;
[[nodiscard]] bool is_probe(std::span<const std::uint8_t> frame) noexcept;

}  // namespace wandrill
