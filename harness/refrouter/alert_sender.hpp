// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/unique_fd.hpp"
#include "refrouter/alerts.hpp"
#include "refrouter/config.hpp"

namespace wandrill {

/// Sends alerts as syslog over UDP (RFC 5424, RFC 5426) from the router's own namespace.
class AlertSender {
 public:
  /// Throws std::system_error.
  explicit AlertSender(const IpAddress& receiver);

  /// What has no way is lost: a router must not wait for its monitor.
  void send(const Alert& alert);

 private:
  SocketAddress receiver_;
  UniqueFd socket_;
};

}  // namespace wandrill
