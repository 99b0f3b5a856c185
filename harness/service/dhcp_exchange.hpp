// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/unique_fd.hpp"
#include "net/netns.hpp"
#include "service/dhcp_message.hpp"

namespace wandrill {

/// Where DHCP questions go onto the wire, and in whose name.
struct DhcpSpot {
  const NetNs& ns;                       ///< The WAN's slot.
  std::string interface;                 ///< Its side toward the ISP.
  std::array<std::uint8_t, 6> client{};  ///< The router's hardware address on the WAN.
};

/// One question to the DHCP server behind a WAN, sent when this is made: the server takes it for
/// one of the router's, whose own client ignores the answer, for it has not asked.
class DhcpExchange {
 public:
  /// `address`: of kRequest. Throws std::system_error.
  DhcpExchange(const DhcpSpot& spot, DhcpType type, const IpAddress& address = {});

  /// The answer once it has come. Never blocks.
  const std::optional<DhcpReply>& poll();
  /// From the question until now.
  [[nodiscard]] Nanos waited() const { return Clock::now() - sent_; }

 private:
  UniqueFd socket_;
  std::uint32_t id_;
  Clock::time_point sent_;
  std::optional<DhcpReply> reply_;
};

}  // namespace wandrill
