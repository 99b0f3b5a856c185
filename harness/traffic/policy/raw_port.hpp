// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include <time.h>

#include "base/ip_address.hpp"
#include "base/unique_fd.hpp"

namespace wandrill {

class NetNs;

/// A raw IP socket (raw(7)) of one address: sends packets of a protocol whole, and sees those that
/// reach the address, whether or not a program listens there.
class RawPort {
 public:
  struct Options {
    std::uint8_t protocol = 0;  ///< kProtocolTcp, kProtocolUdp, or ICMP of the family.
    /// Packets to this port are seen, of TCP only those that ask for a connection; none: no packet.
    std::optional<std::uint16_t> port;
    std::optional<std::uint8_t> icmp_type;  ///< Messages of this type are seen.
    std::uint8_t dscp = 0;
  };
  /// Throws std::system_error (needs CAP_NET_RAW in `where`).
  RawPort(const NetNs& where, const IpAddress& address, const Options& options);

  /// `packet`: from its transport header on, checksum included. 0, or the errno of the refusal.
  [[nodiscard]] int send(std::span<const std::uint8_t> packet, const IpAddress& to) const;

  struct Packet {
    std::span<const std::uint8_t> bytes;  ///< From its transport header on; valid during the call.
    IpAddress source;
    timespec stamp;  ///< CLOCK_REALTIME, by the kernel; zero if it gave none.
  };
  /// Reads what is there, at most a batch; level-triggered polling brings the rest. Returns how
  /// many packets the receive queue has dropped since the last call for want of room.
  std::uint32_t receive(const std::function<void(const Packet&)>& each);

  [[nodiscard]] int fd() const noexcept { return socket_.get(); }

 private:
  Family family_;
  UniqueFd socket_;
  std::uint32_t dropped_ = 0;  ///< The kernel's counter when last seen.
};

}  // namespace wandrill
