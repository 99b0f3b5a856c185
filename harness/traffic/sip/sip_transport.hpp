// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "traffic/context.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {

/// What carries the signalling of one end of a SIP session.
class SipTransport {
 public:
  using Take = std::function<void(std::string_view text, const SocketAddress& source)>;

  virtual ~SipTransport() = default;
  /// What the network refuses, or has no connection for, is lost; who needs it sends it again.
  virtual void send(const std::string& text, const SocketAddress& peer) = 0;
};

/// A UDP port of one of the ends: a message is a datagram.
class SipUdpTransport final : public SipTransport, private Watcher {
 public:
  SipUdpTransport(const TrafficContext& context, UdpPort port, std::string owner, Take take);

  void send(const std::string& text, const SocketAddress& peer) override;

 private:
  void ready(std::uint32_t events) override;

  const TrafficContext& context_;
  UdpPort port_;
  std::string owner_;
  Take take_;
  Poller::Watch watch_;
};

}  // namespace wandrill
