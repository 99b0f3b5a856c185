// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <tuple>

#include "protocol/ip_packet.hpp"
#include "protocol/tunnel_message.hpp"

namespace wandrill {

/// Tells the messages of one OpenVPN tunnel among its outer packets, in the order in which they
/// passed. The server's answer to a handshake counts once, however often it is sent again.
class OpenvpnHandshakes {
 public:
  /// `packet`: UDP or TCP, a SYN included. Of a TCP connection only the first message of either end
  /// is read: handshakes begin with a connection, and a later segment may begin amidst a message.
  TunnelMessage read(const IpPacket& packet);

 private:
  /// One direction of a TCP connection.
  struct Stream {
    std::uint32_t begin = 0;  ///< The sequence number of its first byte.
    bool is_read = false;
  };
  using Ends = std::tuple<IpAddress, std::uint16_t, IpAddress, std::uint16_t>;

  TunnelMessage read_datagram(const IpPacket& packet);
  TunnelMessage read_segment(const IpPacket& packet);

  std::map<Ends, Stream> streams_;
  std::set<std::uint64_t> answered_;  ///< Session ids of the server.
};

}  // namespace wandrill
