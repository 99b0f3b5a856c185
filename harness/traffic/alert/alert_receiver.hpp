// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <list>
#include <string>

#include "traffic/context.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {

/// Where a monitor listens.
inline constexpr std::uint16_t kSyslogPort = 514;
inline constexpr std::uint16_t kTrapPort = 162;
inline constexpr std::uint16_t kWebhookPort = 8080;

/// A place at which the router can tell of itself: syslog over UDP (RFC 5424, RFC 3164), SNMP traps
/// (v1 and v2c), and HTTP requests (webhooks), of which it takes the body and answers 204.
/// Everything becomes an AlertEvent.
class AlertReceiver final : private Watcher {
 public:
  /// `context` must outlive it. Throws std::system_error (address, port).
  AlertReceiver(const TrafficContext& context, std::string node, const NetNs& where,
                const IpAddress& address);
  ~AlertReceiver();

 private:
  class Connection;

  void ready(std::uint32_t events) override;
  void take(const UdpPort::Datagram& datagram, Clock::time_point read);
  void take_trap(const UdpPort::Datagram& datagram, Clock::time_point read);
  void accept_all();
  void tell(const char* channel, const IpAddress& from, std::string text, Clock::time_point at);

  const TrafficContext& context_;
  std::string node_;
  UdpPort syslog_;
  UdpPort traps_;
  UniqueFd listener_;
  Poller::Watch syslog_watch_;
  Poller::Watch traps_watch_;
  Poller::Watch listener_watch_;
  std::list<Connection> connections_;
};

}  // namespace wandrill
