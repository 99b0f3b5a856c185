// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/unique_fd.hpp"
#include "net/netns.hpp"

namespace wandrill {

/// A raw packet socket (packet(7)) of a namespace, non-blocking, deaf until it is bound. Throws
/// std::system_error (needs CAP_NET_RAW there).
UniqueFd open_packet_socket(const NetNs& ns);

/// Binds a packet socket of `ns` to an interface; `protocol` is an Ethernet type (ETH_P_ALL: every
/// frame, 0: only to send). Throws std::system_error naming the interface.
void bind_packet_socket(const UniqueFd& socket, const NetNs& ns, const std::string& interface,
                        std::uint16_t protocol);

/// The memory of a packet socket's ring (PACKET_RX_RING), mapped for as long as this lives.
class PacketRing {
 public:
  PacketRing() = default;
  /// Throws std::system_error.
  PacketRing(const UniqueFd& socket, std::size_t bytes);
  PacketRing(PacketRing&& other) noexcept;
  PacketRing& operator=(PacketRing&& other) noexcept;
  PacketRing(const PacketRing&) = delete;
  PacketRing& operator=(const PacketRing&) = delete;
  ~PacketRing();

  [[nodiscard]] std::uint8_t* at(std::size_t offset) const noexcept { return start_ + offset; }

 private:
  std::uint8_t* start_ = nullptr;
  std::size_t bytes_ = 0;
};

/// Takes back the error that an interface going down leaves on its sockets (ENETDOWN): until then
/// they count as ready for ever.
void clear_socket_error(const UniqueFd& socket) noexcept;

}  // namespace wandrill
