// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "traffic/context.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {

/// Answers UDP echo requests (RFC 862) from the address they were sent to: a health check's target.
class Echo final : private Watcher {
 public:
  /// `context` must outlive it. Throws std::system_error (address, port).
  Echo(const TrafficContext& context, const NetNs& where, const IpAddress& address,
       std::uint16_t port);

 private:
  void ready(std::uint32_t events) override;

  UdpPort port_;
  Poller::Watch watch_;
};

}  // namespace wandrill
