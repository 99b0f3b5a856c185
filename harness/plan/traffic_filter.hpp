// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"
#include "base/units.hpp"

namespace wandrill {

/// Ports from `first` to `last`; both 0: every port.
struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;

  [[nodiscard]] bool any() const noexcept { return last == 0; }
  friend bool operator==(const PortRange&, const PortRange&) = default;
};

/// Which IP packets a fault on a line concerns: those that match everything given. A frame that
/// holds no IP packet matches no filter.
struct TrafficFilter {
  std::string family;    ///< "ipv4" or "ipv6"; empty: both.
  std::string protocol;  ///< "udp", "icmp" (of either family) or a number; empty: every one.
  PortRange port;        ///< Source or destination.
  PortRange source_port;
  PortRange destination_port;
  int dscp = -1;   ///< -1: every one.
  Bytes min_size;  ///< Of the IP packet, header included.
  Bytes max_size;  ///< 0: no upper limit.

  /// Matches nothing in particular: there is no filter.
  [[nodiscard]] bool empty() const { return *this == TrafficFilter{}; }
  [[nodiscard]] bool has_ports() const noexcept {
    return !port.any() || !source_port.any() || !destination_port.any();
  }
  /// Whether packets of this family can match.
  [[nodiscard]] bool takes(Family wanted) const;
  /// The protocol's number in packets of this family; nothing: every one.
  [[nodiscard]] std::optional<std::uint8_t> protocol_in(Family wanted) const;
  friend bool operator==(const TrafficFilter&, const TrafficFilter&) = default;
};

/// "ipv6 udp port 5060"; empty without a filter.
std::string to_string(const TrafficFilter& filter);

/// A protocol of IP by name, with its number in either family.
struct IpProtocol {
  std::string_view name;
  std::uint8_t in_ipv4;
  std::uint8_t in_ipv6;
  bool has_ports = false;
};

/// A per-hop behaviour's name for a DSCP (RFC 2474, 2597, 3246, 5865, 8622).
struct DscpName {
  std::string_view name;
  int value;
};

/// Every name that `protocol` may have.
const std::vector<IpProtocol>& ip_protocols();
/// Every name that `dscp` may have.
const std::vector<DscpName>& dscp_names();

/// "ef" or "46"; nothing for what is neither a name nor from 0 to 63.
std::optional<int> parse_dscp(std::string_view text);
/// "5060" or "16384-32767", from 1 to 65535 and not backwards; nothing for anything else.
std::optional<PortRange> parse_ports(std::string_view text);
/// A known name or a number of a protocol from 1 to 254, in its shortest form; nothing for anything
/// else, and for the extension headers of IPv6 (0, 43, 44, 60), which are passed over.
std::optional<std::string> parse_protocol(std::string_view text);
/// Of a text that parse_protocol() gave: whether it carries ports.
bool protocol_has_ports(std::string_view protocol);

}  // namespace wandrill
