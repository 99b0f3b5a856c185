// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <cstdint>
#include <string_view>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "plan/impairment.hpp"
#include "protocol/ip_packet.hpp"

namespace wandrill {

/// A packet passed a WAN: up, away from home, or down.
struct WanPassing {
  std::uint8_t wan;           ///< Index into the Plan's wans.
  std::string_view wan_name;  ///< Lives as long as the call.
  Direction direction;
  Clock::time_point stamp;
};

/// The end of a session that is out there, as its packets on the WANs have it.
struct FarEnd {
  IpAddress address;
  std::uint16_t port = 0;

  friend auto operator<=>(const FarEnd&, const FarEnd&) = default;

  [[nodiscard]] static FarEnd of(Direction direction, const IpPacket& packet) {
    if (direction == Direction::kUp) return {packet.destination, packet.destination_port};
    return {packet.source, packet.source_port};
  }
};

/// Takes down the packets of one session that do not carry our header: each kind that has such
/// knows how.
class WanListener {
 public:
  WanListener() = default;
  WanListener(const WanListener&) = delete;
  WanListener& operator=(const WanListener&) = delete;
  virtual ~WanListener() = default;

  /// What it listens to: packets of this protocol between this end and anybody.
  struct Filter {
    FarEnd end;  ///< Port 0: whatever the port is.
    std::uint8_t protocol = 0;
  };
  [[nodiscard]] virtual Filter filter() const = 0;
  /// A packet that passes the filter. False: it is another's.
  virtual bool take(const WanPassing& passing, const IpPacket& packet) = 0;
  /// Whether `take` would take it.
  [[nodiscard]] virtual bool is_own(Direction direction, const IpPacket& packet) const = 0;
};

}  // namespace wandrill
