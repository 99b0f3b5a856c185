// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "base/unique_fd.hpp"
#include "net/netns.hpp"

namespace wandrill::testing {

/// A frame as it was on the wire, its tag apart from the rest.
struct HeardFrame {
  std::optional<std::uint16_t> vlan;
  bool outgoing = false;  ///< Sent by this interface, not received.
  std::vector<std::uint8_t> bytes;

  [[nodiscard]] std::uint16_t ethertype() const;
  /// Source and destination of an IPv4, ARP or IPv6 frame; nothing for others.
  [[nodiscard]] std::vector<IpAddress> addresses() const;
};

/// Hears every frame of an interface in both directions, from its construction on.
class FrameSniffer {
 public:
  FrameSniffer(const NetNs& ns, const std::string& interface);

  /// What was heard since the last time.
  std::vector<HeardFrame> take();

 private:
  UniqueFd socket_;
};

/// Sends a broadcast frame of ethertype kForged with one byte of payload, tagged or not.
constexpr std::uint16_t kForged = 0x88b5;  ///< IEEE 802: for experiments.
void forge_frame(const NetNs& ns, const std::string& interface, std::optional<std::uint16_t> vlan,
                 std::uint8_t payload);

}  // namespace wandrill::testing
