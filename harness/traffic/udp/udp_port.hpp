// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <span>

#include <time.h>

#include "base/ip_address.hpp"
#include "base/unique_fd.hpp"
#include "plan/kinds/traffic_plan.hpp"

namespace wandrill {

class NetNs;

/// Whether a socket's address is there already, or comes with a tunnel: ip(7), IP_FREEBIND.
enum class Binding : std::uint8_t { kNow, kEarly };

/// A non-blocking UDP socket bound to one address and port in one namespace, which stamps what it
/// receives and has room for a long stall of its reader.
class UdpPort {
 public:
  /// Port 0: the kernel's choice. Throws std::system_error, naming address and port.
  UdpPort(const NetNs& where, const IpAddress& address, std::uint16_t port, std::uint8_t dscp,
          Binding binding = Binding::kNow);

  /// 0, or the errno of the refusal. Tries once more at once, because a refusal may be the news of
  /// an ICMP error that an earlier packet met, and then nothing of this packet was sent.
  [[nodiscard]] int send(std::span<const std::uint8_t> payload, const SocketAddress& peer) const;

  struct Datagram {
    std::span<const std::uint8_t> payload;  ///< Cut at kMostPayload; valid during the call.
    const SocketAddress& source;
    timespec stamp;  ///< CLOCK_REALTIME, by the kernel; zero if it gave none.
  };
  static constexpr std::size_t kMostPayload = 2048;

  /// Reads what is there, at most a batch; level-triggered polling brings the rest. Returns how
  /// many packets the receive queue has dropped since the last call for want of room.
  std::uint32_t receive(const std::function<void(const Datagram&)>& each);

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] int fd() const noexcept { return socket_.get(); }

 private:
  UniqueFd socket_;
  std::uint32_t dropped_ = 0;  ///< The kernel's counter when last seen.
};

/// Opens a socket in `where` with the options that every socket of ours has: non-blocking, closed
/// on exec, kernel receive stamps, the DSCP. `protocol`: of a raw socket.
UniqueFd open_socket(const NetNs& where, Family family, int type, std::uint8_t dscp,
                     int protocol = 0);
/// How many messages the kernel had no room for so far (SO_RXQ_OVFL); unchanged when it does not
/// say.
void read_drops(msghdr& header, std::uint32_t& drops);
/// Binds it; throws std::system_error naming address and port.
void bind_socket(int socket, const IpAddress& address, std::uint16_t port,
                 Binding binding = Binding::kNow);

inline Binding binding_of(const SessionPlan& session) {
  return session.through.empty() ? Binding::kNow : Binding::kEarly;
}

}  // namespace wandrill
