// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "base/unique_fd.hpp"
#include "refrouter/alerts.hpp"
#include "refrouter/config.hpp"

namespace wandrill {

/// Sends alerts over UDP from the router's own namespace: as syslog (RFC 5424, RFC 5426), as
/// SNMPv2c traps (RFC 3416 4.2.6), or both.
class AlertSender {
 public:
  /// Throws std::system_error.
  explicit AlertSender(const RefrouterConfig& config);

  /// What has no way is lost: a router must not wait for its monitor.
  void send(const Alert& alert);
  /// Whether anybody is told.
  [[nodiscard]] bool has_receiver() const noexcept { return syslog_.socket || snmp_.socket; }

 private:
  struct Receiver {
    SocketAddress address;
    UniqueFd socket;
  };
  static Receiver receiver_at(const std::optional<IpAddress>& address, std::uint16_t port);
  static void send(const Receiver& receiver, std::span<const char> message);

  Receiver syslog_;
  Receiver snmp_;
  std::uint32_t traps_ = 0;
};

}  // namespace wandrill
