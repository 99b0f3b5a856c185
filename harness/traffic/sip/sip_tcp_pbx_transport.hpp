// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <list>

#include "plan/kinds/traffic_plan.hpp"
#include "traffic/sip/sip_connection.hpp"
#include "traffic/sip/sip_transport.hpp"

namespace wandrill {

/// Where phones connect to. It speaks to a phone over the connection that the phone opened, and
/// opens none itself: behind a NAT nobody could be reached otherwise (RFC 5626).
class SipTcpPbxTransport final : public SipTransport, private Watcher {
 public:
  /// `context` must outlive it. Throws std::system_error (address, port).
  SipTcpPbxTransport(const TrafficContext& context, const SessionPlan& session, const NetNs& where,
                     Take take);

  void send(const std::string& text, const SocketAddress& peer) override;

 private:
  class Peer final : private Watcher {
   public:
    Peer(SipTcpPbxTransport& line, UniqueFd socket, const SocketAddress& address);
    void send(const std::string& text);
    [[nodiscard]] const SocketAddress& address() const { return address_; }
    [[nodiscard]] bool is_over() const { return is_over_; }

   private:
    void ready(std::uint32_t events) override;

    SipTcpPbxTransport& line_;
    SocketAddress address_;
    SipConnection connection_;
    Poller::Watch watch_;
    bool is_over_ = false;
  };

  void ready(std::uint32_t events) override;

  const TrafficContext& context_;
  Take take_;
  UniqueFd listener_;
  Poller::Watch watch_;
  std::list<Peer> peers_;
};

}  // namespace wandrill
