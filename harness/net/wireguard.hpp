// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "net/netlink.hpp"

namespace wandrill {

/// A key of WireGuard's, secret or public: Curve25519 (RFC 7748).
using WireguardKeyBytes = std::array<std::uint8_t, 32>;

/// The one peer of a tunnel's end.
struct WireguardPeer {
  WireguardKeyBytes key{};
  std::optional<SocketAddress> endpoint;  ///< Nothing: learnt from its packets.
  std::chrono::seconds keepalive{0};      ///< Persistent keepalive; 0: none.
  std::vector<IpPrefix> allowed;          ///< What may come from it, and is sent to it.
};

/// An end of a tunnel, as the kernel has it: wg(8).
struct WireguardDevice {
  std::string name;
  WireguardKeyBytes secret{};
  std::uint16_t port = 0;
  WireguardPeer peer;
};

/// The message and the reading of its answers, apart from the socket (linux/wireguard.h). `family`:
/// the number that the kernel gave to WireGuard's generic netlink family.
NetlinkMessage wireguard_device_message(std::uint16_t family, const WireguardDevice& device);
/// An answer about a device tells that a peer has completed a handshake.
bool tells_of_handshake(const NetlinkView& answer);

/// Makes a WireGuard interface in the namespace of `netlink`; its outer packets leave from there.
/// False where the kernel has no WireGuard. Throws std::system_error for other reasons.
bool create_wireguard(Netlink& netlink, const std::string& name);
/// Whether the kernel has it, found out in a namespace made for that.
bool kernel_has_wireguard();

/// WireGuard's generic netlink in one namespace.
class WireguardControl {
 public:
  /// Throws std::system_error where the kernel has no WireGuard.
  explicit WireguardControl(const NetNs& ns);

  void configure(const WireguardDevice& device);
  [[nodiscard]] bool has_shaken_hands(const std::string& name);

 private:
  Netlink netlink_;
  std::uint16_t family_ = 0;
};

}  // namespace wandrill
